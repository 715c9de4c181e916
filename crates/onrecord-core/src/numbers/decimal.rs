//! An exact decimal: a whole number and how many of its digits stand after the point.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Decimal places of a fraction that has no end, such as two thirds.
const ROUNDED_PLACES: u32 = 12;
/// Fractions with a larger denominator than this are printed as decimals.
const LARGEST_DENOMINATOR: i128 = 1000;
/// Places that a decimal may have, so that aligning two of them stays within 128 bits for numbers in use.
const MAX_PLACES: u32 = 18;

/// An exact decimal number; equal numbers are equal however they were written ("1.50" is "1.5").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    mantissa: i128,
    places: u32,
}

impl Decimal {
    /// The decimal with these digits, the last `places` of them after the point.
    pub fn new(mantissa: i128, places: u32) -> Self {
        let mut decimal = Self { mantissa, places };
        while decimal.places > 0 && decimal.mantissa % 10 == 0 {
            decimal.mantissa /= 10;
            decimal.places -= 1;
        }
        decimal
    }

    /// A fraction, rounded to twelve places where it has no end; `None` when `by` is not positive or too large.
    pub fn ratio(count: i128, by: i128) -> Option<Self> {
        if by <= 0 {
            return None;
        }
        let scaled = count.checked_mul(10_i128.pow(ROUNDED_PLACES))?;
        let half = if scaled < 0 { -by / 2 } else { by / 2 };
        Some(Self::new(scaled.checked_add(half)? / by, ROUNDED_PLACES))
    }

    /// The fraction of which this is the rounded value, where it has no end: two thirds for 0.666666666667.
    pub fn fraction(self) -> Option<(i128, i128)> {
        if self.places + 1 < ROUNDED_PLACES {
            return None;
        }
        (2..=LARGEST_DENOMINATOR).find_map(|by| {
            let count = self.checked_mul(Self::from(by))?.rounded();
            (Self::ratio(count, by) == Some(self)).then_some((count, by))
        })
    }

    /// The nearest whole number.
    const fn rounded(self) -> i128 {
        let one = 10_i128.pow(self.places);
        let half = if self.mantissa < 0 { -one / 2 } else { one / 2 };
        (self.mantissa + half) / one
    }

    /// The sum, if it has less than some twenty digits on either side of the point.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        Some(Self::new(self.aligned(places)?.checked_add(other.aligned(places)?)?, places))
    }

    /// The product, under the same limit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = Self::new(self.mantissa.checked_mul(other.mantissa)?, self.places + other.places);
        (product.places <= MAX_PLACES).then_some(product)
    }

    /// The value as a whole number, if it is one and fits.
    pub fn whole(self) -> Option<i64> {
        if self.places == 0 { i64::try_from(self.mantissa).ok() } else { None }
    }

    /// The nearest floating-point number.
    pub fn as_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// The largest of a million, a billion and so on that divides a round number: what "and a half" halves.
    pub(crate) fn trailing_scale(self) -> Self {
        let mut scale = 1;
        while self.places == 0
            && self.mantissa != 0
            && self.mantissa % (scale * 1000) == 0
            && scale < 10_i128.pow(15)
        {
            scale *= 1000;
        }
        Self::new(scale, 0)
    }

    fn aligned(self, places: u32) -> Option<i128> {
        self.mantissa.checked_mul(10_i128.checked_pow(places - self.places)?)
    }
}

impl From<i128> for Decimal {
    fn from(whole: i128) -> Self {
        Self::new(whole, 0)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let places = self.places.max(other.places);
        match (self.aligned(places), other.aligned(places)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only numbers of more than twenty digits come here.
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.places == 0 {
            return write!(f, "{}", self.mantissa);
        }
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.mantissa.unsigned_abs(), width = self.places as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - self.places as usize);
        write!(f, "{sign}{whole}.{part}")
    }
}

impl FromStr for Decimal {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let mantissa: i128 = format!("{whole}{part}").parse()?;
        Ok(Self::new(mantissa, u32::try_from(part.len()).unwrap_or(u32::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_prints_what_it_parses() {
        for text in ["0", "38350", "1.5", "0.05", "-2.25", "1234567.89"] {
            assert_eq!(text.parse::<Decimal>().map(|d| d.to_string()).as_deref(), Ok(text));
        }
        assert_eq!("1.50".parse::<Decimal>(), "1.5".parse());
    }

    #[test]
    fn sums_products_and_order_are_exact() {
        let half = Decimal::new(5, 1);
        assert_eq!(half.checked_add(Decimal::new(25, 2)), Some(Decimal::new(75, 2)));
        assert_eq!(half.checked_mul(Decimal::from(12)), Some(Decimal::from(6)));
        assert!(Decimal::new(1, 1) < half && half < Decimal::from(1));
        assert_eq!(Decimal::ratio(2, 3).map(|d| d.to_string()).as_deref(), Some("0.666666666667"));
        assert_eq!(half.as_f64(), 0.5);
        assert_eq!(Decimal::ratio(2, 3).and_then(Decimal::fraction), Some((2, 3)));
        assert_eq!(Decimal::ratio(-7, 9).and_then(Decimal::fraction), Some((-7, 9)));
        assert_eq!(half.fraction(), None);
    }
}
