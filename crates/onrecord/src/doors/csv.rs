//! Rows as CSV (RFC 4180): commas, quotes doubled, one header line.

use crate::table::Field;

/// One line of CSV, with its line break.
pub fn csv_line(values: impl IntoIterator<Item = String>) -> String {
    let values: Vec<String> = values.into_iter().map(|value| quoted(&value)).collect();
    values.join(",") + "\n"
}

/// The text of a field; empty when it is unknown.
pub fn csv_value(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Text(text) => text.clone(),
        Field::Integer(number) => number.to_string(),
        Field::Real(number) => number.to_string(),
    }
}

fn quoted(value: &str) -> String {
    if value.contains([',', '"', '\n', '\r']) || value.trim() != value {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_with_commas_quotes_or_lines_are_quoted() {
        let line = csv_line(["plain", "a, b", "\"No,\" she said", "two\nlines", ""].map(str::to_owned));
        assert_eq!(line, "plain,\"a, b\",\"\"\"No,\"\" she said\",\"two\nlines\",\n");
    }
}
