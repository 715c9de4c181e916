//! Days as people give them: a whole date, a month or a year.

use crate::core::Date;
use crate::{Error, Result};

/// The first and the last day of a date (`2024-05-11`), a month (`2024-05`) or a year (`2024`).
///
/// # Errors
/// When the text is none of these.
pub fn days(text: &str) -> Result<(Date, Date)> {
    let wrong = || {
        Error::user(format!(
            "`{text}` is no date: give it as 2024-05-11, or a month as 2024-05, or a year as 2024"
        ))
    };
    let parts: Vec<&str> = text.split('-').collect();
    let well_formed =
        |part: &&str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let first: Date = match parts.as_slice() {
        [year] if well_formed(year, 4) => format!("{year}-01-01"),
        [year, month] if well_formed(year, 4) && well_formed(month, 2) => format!("{year}-{month}-01"),
        [year, month, day] if [(year, 4), (month, 2), (day, 2)].iter().all(|(p, n)| well_formed(p, *n)) => {
            text.to_owned()
        }
        _ => return Err(wrong()),
    }
    .parse()
    .map_err(|_| wrong())?;
    let last = match parts.len() {
        1 => first.last_of_year(),
        2 => first.last_of_month(),
        _ => first,
    };
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_and_a_year_stand_for_all_their_days() {
        let shown = |text: &str| days(text).map(|(first, last)| format!("{first} {last}")).ok();
        assert_eq!(shown("2024-05-11").as_deref(), Some("2024-05-11 2024-05-11"));
        assert_eq!(shown("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(shown("2023").as_deref(), Some("2023-01-01 2023-12-31"));
        for wrong in ["", "yesterday", "2024-13", "2024-02-30", "11-05-2024", "2024-5-1", "20240511", "२०२४"]
        {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }
}
