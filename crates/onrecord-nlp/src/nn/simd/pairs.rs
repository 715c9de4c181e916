//! Windows of three rows multiplied two at a time, with four products where six are the plain way.
//!
//! Two windows that follow each other share two of their rows. Of four rows x0 to x3 and weights g0, g1, g2 of a
//! window's places, the products of both windows are
//!
//! ```text
//! m2 = (x1 + x2) (g0 + g1 + g2) / 2      first  = m2 + m3 + (x0 - x2) g0
//! m3 = (x2 - x1) (g0 - g1 + g2) / 2      second = m2 - m3 + (x3 - x1) g2
//! ```
//!
//! which is F(2, 3) of S. Winograd, *Arithmetic Complexity of Computations* (1980); Lavin and Gray use it for networks
//! (arXiv 1509.09308). The sums are those of other numbers than the plain ones, and their last bits differ.

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

#[cfg(target_arch = "x86_64")]
use super::balanced;
use super::{Isa, Line, PANEL, ZEROS, for_each_processor, multiply_add};

/// The weights of a window over three rows, ready for two windows at a time.
#[derive(Debug)]
pub(crate) struct Pairs {
    /// Numbers of a row.
    width: usize,
    columns: usize,
    /// For each panel of columns, `width` times the weights of m2 and m3 by turns, then `width` times g0 and g2.
    panels: Vec<Line>,
}

/// Numbers that [`mix`] makes for a pair of windows, in widths of a row.
const MIXED: usize = 4;

impl Pairs {
    /// Packs weights given as a function of the place in the window, the number in the row, and the column.
    pub(crate) fn new(width: usize, columns: usize, at: impl Fn(usize, usize, usize) -> f32) -> Self {
        let columns_up = columns.next_multiple_of(PANEL);
        let mut panels = vec![ZEROS; MIXED * width * columns_up / PANEL];
        for (p, panel) in panels.chunks_exact_mut(MIXED * width).enumerate() {
            let (shared, own) = panel.split_at_mut(2 * width);
            for k in 0..width {
                for (c, column) in (p * PANEL..columns).take(PANEL).enumerate() {
                    let [g0, g1, g2] = [0, 1, 2].map(|place| at(place, k, column));
                    let [outer, inner] = [f64::from(g0) + f64::from(g2), f64::from(g1)];
                    shared[2 * k].0[c] = ((outer + inner) / 2.0) as f32;
                    shared[2 * k + 1].0[c] = ((outer - inner) / 2.0) as f32;
                    own[2 * k].0[c] = g0;
                    own[2 * k + 1].0[c] = g2;
                }
            }
        }
        Pairs { width, columns: columns_up, panels }
    }

    /// Multiplies the windows that begin at each but the last two of some rows. The products of an odd number of
    /// windows are followed by a row that means nothing.
    pub(crate) fn multiply(&self, isa: Isa, rows: &[f32], mixed: &mut Vec<f32>, out: &mut Vec<f32>) {
        let windows = (rows.len() / self.width).saturating_sub(2);
        let pairs = windows.div_ceil(2);
        mixed.resize(pairs * MIXED * self.width, 0.0);
        out.resize(2 * pairs * self.columns, 0.0);
        mix(isa, rows, self.width, mixed);
        match isa {
            // SAFETY: the processor has the instructions (see `detect`); there are as many pairs, and room for them.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => unsafe { multiply_avx512(pairs, mixed, self, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => unsafe { multiply_avx2(pairs, mixed, self, out) },
            Isa::Portable => multiply_portable(mixed, self, out),
        }
    }
}

for_each_processor! {
    /// Mixes the rows of each pair of windows: a row for m2 and one for m3, then one for g0 and one for g2. Beyond the
    /// last row there are zeros.
    fn mix(rows: &[f32], width: usize, to: &mut [f32]) {
        for (p, to) in to.chunks_exact_mut(MIXED * width).enumerate() {
            let row = |i: usize| &rows[(2 * p + i) * width..][..width];
            let (x0, x1, x2) = (row(0), row(1), row(2));
            let (shared, own) = to.split_at_mut(2 * width);
            let (sum, difference) = shared.split_at_mut(width);
            let (first, second) = own.split_at_mut(width);
            for k in 0..width {
                sum[k] = x1[k] + x2[k];
                difference[k] = x2[k] - x1[k];
                first[k] = x0[k] - x2[k];
            }
            match rows.get((2 * p + 3) * width..(2 * p + 4) * width) {
                Some(x3) => second.iter_mut().zip(x3).zip(x1).for_each(|((to, x3), x1)| *to = x3 - x1),
                None => second.iter_mut().zip(x1).for_each(|(to, x1)| *to = -x1),
            }
        }
    }
}

/// Calls a block of up to so many pairs for all pairs, panel by panel, first for the shared products and then for the
/// windows' own: half a panel stays in a processor's first cache.
#[cfg(target_arch = "x86_64")]
macro_rules! in_blocks {
    ($block:ident, $height:literal, $pairs:ident, $mixed:ident, $matrix:ident, $out:ident; $($h:literal)*) => {{
        let (width, columns) = ($matrix.width, $matrix.columns);
        for (p, half) in $matrix.panels.chunks_exact(2 * width).enumerate() {
            let (p, own) = (p / 2, p % 2);
            let mut pair = 0;
            while pair < $pairs {
                let height = balanced($pairs - pair, $height);
                let mixed = $mixed.as_ptr().add((2 * pair + own) * 2 * width);
                let out = $out.as_mut_ptr().add(2 * pair * columns + p * PANEL);
                match height {
                    $($h => $block::<$h>(width, mixed, half.as_ptr().cast(), out, columns, own == 1),)*
                    _ => unreachable!("blocks have at most the greatest height"),
                }
                pair += height;
            }
        }
    }};
}

/// # Safety
/// The processor must have AVX-512, `mixed` must hold all pairs and `out` all products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
unsafe fn multiply_avx512(pairs: usize, mixed: &[f32], matrix: &Pairs, out: &mut [f32]) {
    // SAFETY: blocks stay inside the pairs, panels and products that the caller vouches for.
    unsafe { in_blocks!(block_avx512, 6, pairs, mixed, matrix, out; 1 2 3 4 5 6) }
}

/// # Safety
/// `mixed` must hold the numbers of `H` pairs, `half` half a panel and `out` two rows of products for each pair.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512vl,avx2,fma")]
unsafe fn block_avx512<const H: usize>(
    width: usize,
    mixed: *const f32,
    half: *const f32,
    out: *mut f32,
    columns: usize,
    own: bool,
) {
    let mut sums = [[[_mm512_setzero_ps(); 2]; 2]; H];
    if own {
        for (row, sum) in sums.iter_mut().flatten().enumerate() {
            // SAFETY: there are `2 * H` rows.
            let out = unsafe { out.add(row * columns) };
            // SAFETY: as above.
            *sum = unsafe { [_mm512_loadu_ps(out), _mm512_loadu_ps(out.add(16))] };
        }
    }
    for k in 0..width {
        // SAFETY: half a panel has `2 * width` rows.
        let weights =
            [0, 16, 32, 48].map(|column| unsafe { _mm512_loadu_ps(half.add(k * 2 * PANEL + column)) });
        for (pair, sum) in sums.iter_mut().enumerate() {
            for (window, sum) in sum.iter_mut().enumerate() {
                // SAFETY: there are `H` pairs.
                let value = _mm512_set1_ps(unsafe { *mixed.add((pair * MIXED + window) * width + k) });
                sum[0] = _mm512_fmadd_ps(value, weights[2 * window], sum[0]);
                sum[1] = _mm512_fmadd_ps(value, weights[2 * window + 1], sum[1]);
            }
        }
    }
    if !own {
        for [first, second] in &mut sums {
            for (first, second) in first.iter_mut().zip(second) {
                (*first, *second) = (_mm512_add_ps(*first, *second), _mm512_sub_ps(*first, *second));
            }
        }
    }
    for (row, sum) in sums.iter().flatten().enumerate() {
        // SAFETY: there is room for `2 * H` rows.
        unsafe {
            let out = out.add(row * columns);
            _mm512_storeu_ps(out, sum[0]);
            _mm512_storeu_ps(out.add(16), sum[1]);
        }
    }
}

/// # Safety
/// The processor must have AVX2 and FMA, `mixed` must hold all pairs and `out` all products.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn multiply_avx2(pairs: usize, mixed: &[f32], matrix: &Pairs, out: &mut [f32]) {
    // SAFETY: blocks stay inside the pairs, panels and products that the caller vouches for.
    unsafe { in_blocks!(block_avx2, 3, pairs, mixed, matrix, out; 1 2 3) }
}

/// As [`block_avx512`], one half of the columns after the other.
///
/// # Safety
/// As for [`block_avx512`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn block_avx2<const H: usize>(
    width: usize,
    mixed: *const f32,
    half: *const f32,
    out: *mut f32,
    columns: usize,
    own: bool,
) {
    for side in [0, PANEL / 2] {
        let mut sums = [[[_mm256_setzero_ps(); 2]; 2]; H];
        if own {
            for (row, sum) in sums.iter_mut().flatten().enumerate() {
                // SAFETY: there are `2 * H` rows.
                let out = unsafe { out.add(row * columns + side) };
                // SAFETY: as above.
                *sum = unsafe { [_mm256_loadu_ps(out), _mm256_loadu_ps(out.add(8))] };
            }
        }
        for k in 0..width {
            for window in 0..2 {
                let at = (2 * k + window) * PANEL + side;
                // SAFETY: half a panel has `2 * width` rows.
                let (left, right) =
                    unsafe { (_mm256_loadu_ps(half.add(at)), _mm256_loadu_ps(half.add(at + 8))) };
                for (pair, sum) in sums.iter_mut().enumerate() {
                    // SAFETY: there are `H` pairs.
                    let value = unsafe { *mixed.add((pair * MIXED + window) * width + k) };
                    let value = _mm256_set1_ps(value);
                    sum[window][0] = _mm256_fmadd_ps(value, left, sum[window][0]);
                    sum[window][1] = _mm256_fmadd_ps(value, right, sum[window][1]);
                }
            }
        }
        if !own {
            for [first, second] in &mut sums {
                for (first, second) in first.iter_mut().zip(second) {
                    (*first, *second) = (_mm256_add_ps(*first, *second), _mm256_sub_ps(*first, *second));
                }
            }
        }
        for (row, sum) in sums.iter().flatten().enumerate() {
            // SAFETY: there is room for `2 * H` rows.
            unsafe {
                let out = out.add(row * columns + side);
                _mm256_storeu_ps(out, sum[0]);
                _mm256_storeu_ps(out.add(8), sum[1]);
            }
        }
    }
}

fn multiply_portable(mixed: &[f32], matrix: &Pairs, out: &mut [f32]) {
    let (width, columns) = (matrix.width, matrix.columns);
    let pairs = mixed.chunks_exact(MIXED * width).zip(out.chunks_exact_mut(2 * columns));
    for (mixed, out) in pairs {
        let (shared, own) = mixed.split_at(2 * width);
        for (p, panel) in matrix.panels.chunks_exact(MIXED * width).enumerate() {
            let (shared_weights, own_weights) = panel.split_at(2 * width);
            let mut sums = [[0.0; PANEL]; 2];
            add_products(shared, shared_weights, &mut sums);
            let [first, second] = &mut sums;
            for (first, second) in first.iter_mut().zip(second) {
                (*first, *second) = (*first + *second, *first - *second);
            }
            add_products(own, own_weights, &mut sums);
            for (sums, out) in sums.iter().zip(out.chunks_exact_mut(columns)) {
                out[p * PANEL..][..PANEL].copy_from_slice(sums);
            }
        }
    }
}

/// Adds the products of two rows with their weights, which take turns.
fn add_products(rows: &[f32], weights: &[Line], sums: &mut [[f32; PANEL]; 2]) {
    for (window, (row, sums)) in rows.chunks_exact(rows.len() / 2).zip(sums).enumerate() {
        for (number, Line(weights)) in row.iter().zip(weights.iter().skip(window).step_by(2)) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = multiply_add(*number, *weight, *sum);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nn::simd::{Packed, tests::numbers};

    #[test]
    fn two_windows_at_a_time_give_the_plain_products_on_all_processors() {
        let (width, columns) = (21, 70);
        let weights = numbers(3 * width * columns, 1);
        let plain = Packed::new(3 * width, columns, |k, c| weights[k * columns + c]);
        let pairs = Pairs::new(width, columns, |place, k, c| weights[(place * width + k) * columns + c]);
        for windows in [1, 2, 3, 11, 12, 40] {
            let rows = numbers((windows + 2) * width, 2);
            let mut expected = vec![0.0; windows * plain.columns()];
            Isa::Portable.multiply(windows, &rows, width, &plain, &mut expected);
            let products = |isa: Isa| {
                let (mut mixed, mut out) = (Vec::new(), Vec::new());
                pairs.multiply(isa, &rows, &mut mixed, &mut out);
                out.truncate(expected.len());
                out
            };
            let best = products(Isa::detect());
            assert!(best.iter().zip(&expected).all(|(x, y)| (x - y).abs() < 1e-5), "{windows} windows");
            assert!(best.iter().zip(products(Isa::Portable)).all(|(x, y)| (x - y).abs() < 1e-5));
            #[cfg(target_arch = "x86_64")]
            if Isa::detect() == Isa::Avx512 {
                assert_eq!(best, products(Isa::Avx2), "the same sums in the same order");
            }
        }
    }
}
