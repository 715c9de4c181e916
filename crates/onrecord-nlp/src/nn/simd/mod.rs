//! The arithmetic that takes most of the time, for each kind of processor.
//!
//! `unsafe` is only here and in [`pairs`] (others get it by [`for_each_processor`]). Every sum is taken in one fixed
//! order, so that a result depends neither on how many rows are done at once nor, between processors that fuse multiply
//! and add, on which it is. What [`pairs`] gives depends on whether a window is the first or the second of two as well,
//! and so on where its token stands in the text.

#![expect(
    unsafe_code,
    reason = "vector instructions and functions compiled for them can only be reached by unsafe"
)]

mod pairs;

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

pub(crate) use pairs::Pairs;

/// Columns that are computed together; matrices are stored in panels of so many.
pub(crate) const PANEL: usize = 32;

/// The instructions that a processor has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isa {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

/// Numbers of a row in the columns of a panel. They begin with a line of a processor's cache, so that no vector lies in
/// two.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line([f32; PANEL]);

const ZEROS: Line = Line([0.0; PANEL]);

/// A matrix of `depth` rows, its columns in panels of [`PANEL`], the last filled up with zeros.
#[derive(Debug)]
pub(crate) struct Packed {
    depth: usize,
    columns: usize,
    panels: Vec<Line>,
}

impl Packed {
    /// Packs a matrix given as a function of row and column.
    pub(crate) fn new(depth: usize, columns: usize, at: impl Fn(usize, usize) -> f32) -> Self {
        let columns_up = columns.next_multiple_of(PANEL);
        let mut panels = vec![ZEROS; depth * columns_up / PANEL];
        for (p, panel) in panels.chunks_exact_mut(depth.max(1)).enumerate() {
            for (row, Line(values)) in panel.iter_mut().enumerate() {
                for (column, value) in (p * PANEL..columns).zip(values) {
                    *value = at(row, column);
                }
            }
        }
        Packed { depth, columns: columns_up, panels }
    }

    /// Columns, with those that fill up the last panel.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// The number at a row and column.
    pub(crate) fn at(&self, row: usize, column: usize) -> f32 {
        self.panels[column / PANEL * self.depth + row].0[column % PANEL]
    }
}

impl Isa {
    /// The best that this processor has.
    pub(crate) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if avx2 && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") {
                return Isa::Avx512;
            }
            if avx2 {
                return Isa::Avx2;
            }
        }
        Isa::Portable
    }

    /// Multiplies `rows` rows by a matrix. Row `i` begins at `a[i * stride]`, its product at `out[i * columns]`.
    pub(crate) fn multiply(self, rows: usize, a: &[f32], stride: usize, matrix: &Packed, out: &mut [f32]) {
        if rows == 0 || matrix.columns == 0 {
            return;
        }
        assert!(a.len() >= (rows - 1) * stride + matrix.depth, "the rows are all there");
        assert!(out.len() >= rows * matrix.columns, "there is room for the products");
        match self {
            // SAFETY: the processor has the instructions (see `detect`), and the bounds were checked just now.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => unsafe { multiply_avx512(rows, a, stride, matrix, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => unsafe { multiply_avx2(rows, a, stride, matrix, out) },
            Isa::Portable => multiply_portable(rows, a, stride, matrix, out),
        }
    }
}

/// Makes a function of plain code that is compiled for each kind of processor; it takes the [`Isa`] first.
///
/// A closure would not do: unless it happens to be inlined, it is compiled for the oldest of them.
macro_rules! for_each_processor {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) $body:block) => {
        $(#[$meta])*
        #[cfg_attr(
            target_arch = "x86_64",
            expect(unsafe_code, reason = "functions compiled for a kind of processor can only be reached by unsafe")
        )]
        $vis fn $name(isa: $crate::nn::Isa, $($arg: $type),*) {
            #[inline(always)]
            fn plain($($arg: $type),*) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
            fn avx512($($arg: $type),*) {
                plain($($arg),*);
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($arg: $type),*) {
                plain($($arg),*);
            }

            match isa {
                // SAFETY: `Isa::detect` gives these only where the processor has the instructions.
                #[cfg(target_arch = "x86_64")]
                $crate::nn::Isa::Avx512 => unsafe { avx512($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::nn::Isa::Avx2 => unsafe { avx2($($arg),*) },
                $crate::nn::Isa::Portable => plain($($arg),*),
            }
        }
    };
}
pub(crate) use for_each_processor;

for_each_processor! {
    /// Adds numbers to as many others.
    pub(crate) fn add(to: &mut [f32], from: &[f32]) {
        to.iter_mut().zip(from).for_each(|(to, x)| *to += x);
    }
}

/// How many of so many rows to take next, at most `most`, so that all takes are about equal.
pub(crate) fn balanced(rows: usize, most: usize) -> usize {
    rows.div_ceil(rows.div_ceil(most).max(1))
}

/// Calls a block of up to so many rows for all rows, panel by panel.
#[cfg(target_arch = "x86_64")]
macro_rules! in_blocks {
    ($block:ident, $height:literal, $rows:ident, $a:ident, $stride:ident, $matrix:ident, $out:ident; $($h:literal)*) => {
        for (p, panel) in $matrix.panels.chunks_exact($matrix.depth).enumerate() {
            let mut row = 0;
            while row < $rows {
                // Blocks of about equal height: a block of one row takes nearly as long as one of twelve.
                let height = balanced($rows - row, $height);
                let a = $a.as_ptr().add(row * $stride);
                let out = $out.as_mut_ptr().add(row * $matrix.columns + p * PANEL);
                match height {
                    $($h => $block::<$h>($matrix.depth, a, $stride, panel.as_ptr().cast(), out, $matrix.columns),)*
                    _ => unreachable!("blocks have at most the greatest height"),
                }
                row += height;
            }
        }
    };
}

/// # Safety
/// The processor must have AVX-512, `a` must hold all rows and `out` all products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
unsafe fn multiply_avx512(rows: usize, a: &[f32], stride: usize, matrix: &Packed, out: &mut [f32]) {
    if rows == 1 {
        // SAFETY: as below.
        unsafe { row_avx512(a, matrix, out) };
        return;
    }
    // SAFETY: blocks stay inside the rows, panels and products that the caller vouches for.
    unsafe { in_blocks!(block_avx512, 12, rows, a, stride, matrix, out; 1 2 3 4 5 6 7 8 9 10 11 12) }
}

/// Multiplies one row, four panels at a time, so that no sum waits for the one before it.
///
/// # Safety
/// As for [`multiply_avx512`], with one row.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
unsafe fn row_avx512(a: &[f32], matrix: &Packed, out: &mut [f32]) {
    let depth = matrix.depth;
    for (group, out) in matrix.panels.chunks(4 * depth).zip(out.chunks_mut(4 * PANEL)) {
        let count = group.len() / depth;
        let mut sums = [[_mm512_setzero_ps(); 2]; 4];
        for (k, value) in a.iter().enumerate().take(depth) {
            let value = _mm512_set1_ps(*value);
            for (p, sum) in sums.iter_mut().enumerate().take(count) {
                let line = group[p * depth + k].0.as_ptr();
                // SAFETY: a line has two vectors.
                let (left, right) = unsafe { (_mm512_loadu_ps(line), _mm512_loadu_ps(line.add(16))) };
                sum[0] = _mm512_fmadd_ps(value, left, sum[0]);
                sum[1] = _mm512_fmadd_ps(value, right, sum[1]);
            }
        }
        for (sum, out) in sums.iter().zip(out.chunks_exact_mut(PANEL)) {
            // SAFETY: `out` has room for a panel.
            unsafe {
                _mm512_storeu_ps(out.as_mut_ptr(), sum[0]);
                _mm512_storeu_ps(out.as_mut_ptr().add(16), sum[1]);
            }
        }
    }
}

/// Multiplies a few rows by one panel: each product is summed in the order of the rows of the matrix.
///
/// # Safety
/// `a` must hold `H` rows, `panel` `depth` of [`PANEL`] and `out` `H` rows of products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
unsafe fn block_avx512<const H: usize>(
    depth: usize,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    out: *mut f32,
    columns: usize,
) {
    let mut sums = [[_mm512_setzero_ps(); 2]; H];
    for k in 0..depth {
        // SAFETY: `k` is below the depth, which the caller vouches for.
        let (left, right) =
            unsafe { (_mm512_loadu_ps(panel.add(k * PANEL)), _mm512_loadu_ps(panel.add(k * PANEL + 16))) };
        for (row, sum) in sums.iter_mut().enumerate() {
            // SAFETY: there are `H` rows.
            let value = _mm512_set1_ps(unsafe { *a.add(row * stride + k) });
            sum[0] = _mm512_fmadd_ps(value, left, sum[0]);
            sum[1] = _mm512_fmadd_ps(value, right, sum[1]);
        }
    }
    for (row, sum) in sums.iter().enumerate() {
        // SAFETY: there is room for `H` rows.
        unsafe {
            _mm512_storeu_ps(out.add(row * columns), sum[0]);
            _mm512_storeu_ps(out.add(row * columns + 16), sum[1]);
        }
    }
}

/// # Safety
/// The processor must have AVX2 and FMA, `a` must hold all rows and `out` all products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn multiply_avx2(rows: usize, a: &[f32], stride: usize, matrix: &Packed, out: &mut [f32]) {
    // SAFETY: blocks stay inside the rows, panels and products that the caller vouches for.
    unsafe { in_blocks!(block_avx2, 6, rows, a, stride, matrix, out; 1 2 3 4 5 6) }
}

/// As [`block_avx512`], one half of the panel after the other.
///
/// # Safety
/// As for [`block_avx512`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn block_avx2<const H: usize>(
    depth: usize,
    a: *const f32,
    stride: usize,
    panel: *const f32,
    out: *mut f32,
    columns: usize,
) {
    for half in [0, PANEL / 2] {
        let mut sums = [[_mm256_setzero_ps(); 2]; H];
        for k in 0..depth {
            let at = k * PANEL + half;
            // SAFETY: `k` is below the depth, which the caller vouches for.
            let (left, right) =
                unsafe { (_mm256_loadu_ps(panel.add(at)), _mm256_loadu_ps(panel.add(at + 8))) };
            for (row, sum) in sums.iter_mut().enumerate() {
                // SAFETY: there are `H` rows.
                let value = _mm256_set1_ps(unsafe { *a.add(row * stride + k) });
                sum[0] = _mm256_fmadd_ps(value, left, sum[0]);
                sum[1] = _mm256_fmadd_ps(value, right, sum[1]);
            }
        }
        for (row, sum) in sums.iter().enumerate() {
            // SAFETY: there is room for `H` rows.
            unsafe {
                _mm256_storeu_ps(out.add(row * columns + half), sum[0]);
                _mm256_storeu_ps(out.add(row * columns + half + 8), sum[1]);
            }
        }
    }
}

fn multiply_portable(rows: usize, a: &[f32], stride: usize, matrix: &Packed, out: &mut [f32]) {
    for (p, panel) in matrix.panels.chunks_exact(matrix.depth).enumerate() {
        for row in 0..rows {
            let mut sums = [0.0; PANEL];
            for (value, Line(weights)) in a[row * stride..][..matrix.depth].iter().zip(panel) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = multiply_add(*value, *weight, *sum);
                }
            }
            out[row * matrix.columns + p * PANEL..][..PANEL].copy_from_slice(&sums);
        }
    }
}

/// Fused where the processor is known to do that; elsewhere fusing would be done in software.
#[inline(always)]
fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_feature = "fma", target_arch = "aarch64")) { a.mul_add(b, c) } else { a * b + c }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of no pattern, the same each time.
    pub(super) fn numbers(n: usize, mut seed: u32) -> Vec<f32> {
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / (1 << 24) as f32 - 0.5
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn all_processors_agree() {
        let (rows, depth, columns) = (29, 37, 70);
        let (a, b) = (numbers(rows * depth, 1), numbers(depth * columns, 2));
        let matrix = Packed::new(depth, columns, |k, j| b[k * columns + j]);
        let product = |isa: Isa, rows: usize| {
            let mut out = vec![0.0; rows * matrix.columns()];
            isa.multiply(rows, &a, depth, &matrix, &mut out);
            out
        };
        let (best, portable) = (product(Isa::detect(), rows), product(Isa::Portable, rows));
        assert!(best.iter().zip(&portable).all(|(x, y)| (x - y).abs() < 1e-5));
        #[cfg(target_arch = "x86_64")]
        if Isa::detect() == Isa::Avx512 {
            assert_eq!(best, product(Isa::Avx2, rows), "the same sums in the same order");
        }
        assert_eq!(
            product(Isa::detect(), 1),
            best[..matrix.columns()],
            "a row does not depend on the others"
        );
    }
}
