//! Days of the Iranian and the Hijri calendar in ours, with the feature `calendars`. Without it they are recognised and
//! stay unknown.

#[cfg(not(feature = "calendars"))]
use jiff::civil::Date;

/// The day on which a day of the Iranian calendar begins; `None` outside the years 1304 to 1500.
#[cfg(not(feature = "calendars"))]
pub(super) const fn iranian(_year: i32, _month: u8, _day: u8) -> Option<Date> {
    None
}

/// The day of a Hijri date; `None` outside the years 1 to 1600.
#[cfg(not(feature = "calendars"))]
pub(super) const fn hijri(_year: i32, _month: u8, _day: u8) -> Option<Date> {
    None
}

#[cfg(feature = "calendars")]
pub(super) use conversion::{hijri, iranian};

#[cfg(feature = "calendars")]
mod conversion {
    use jiff::civil::{Date, date};

    use crate::stages::times::calendar::moved;
    use crate::stages::times::value::Unit;

    /// The day on which a day of the Iranian calendar begins, by the 33-year cycle that has held since 1925; `None`
    /// outside the years 1304 to 1500.
    pub(in crate::stages::times) fn iranian(year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1304..=1500).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > 31 - month / 7 {
            return None;
        }
        // Leap years of the 33-year cycle are the remainders 1, 5, 9, 13, 17, 22, 26, 30.
        let leaps = |until: i32| -> i32 {
            let (cycles, rest) = ((until - 1).div_euclid(33), (until - 1).rem_euclid(33));
            cycles * 8 + [1, 5, 9, 13, 17, 22, 26, 30].iter().filter(|leap| **leap <= rest).count() as i32
        };
        let days_before = (year - 1304) * 365 + leaps(year) - leaps(1304);
        let in_year = if month <= 7 { (i32::from(month) - 1) * 31 } else { (i32::from(month) - 1) * 30 + 6 };
        moved(date(1925, 3, 21), days_before + in_year + i32::from(day) - 1, Unit::Day)
    }

    /// The day of a Hijri date in the tabular calendar of thirty years; where the moon decides, it may be a day earlier
    /// or later. `None` outside the years 1 to 1600.
    pub(in crate::stages::times) fn hijri(year: i32, month: u8, day: u8) -> Option<Date> {
        if !(1..=1600).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
            return None;
        }
        let month = i32::from(month);
        let days =
            (year - 1) * 354 + (11 * year + 3) / 30 + 29 * (month - 1) + month / 2 + i32::from(day) - 1;
        // 1 Muharram of the year 1: 16 July 622 by the Julian calendar.
        moved(date(622, 7, 19), days, Unit::Day)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn iranian_days_fall_on_their_gregorian_ones() {
            assert_eq!(iranian(1357, 11, 22), Some(date(1979, 2, 11)));
            assert_eq!(iranian(1403, 1, 1), Some(date(2024, 3, 20)));
            assert_eq!(iranian(1404, 1, 1), Some(date(2025, 3, 21)));
            assert_eq!(iranian(1402, 13, 1), None);
        }

        #[test]
        fn hijri_days_fall_on_those_of_the_tables() {
            assert_eq!(hijri(1445, 9, 7), Some(date(2024, 3, 17)));
            assert_eq!(hijri(1400, 1, 1), Some(date(1979, 11, 21)));
            assert_eq!(hijri(1, 1, 1), Some(date(622, 7, 19)));
            assert_eq!(hijri(1445, 13, 1), None);
        }
    }
}
