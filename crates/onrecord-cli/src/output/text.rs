//! Words with styles, folded into lines of eighty columns.

use anstyle::{AnsiColor, Style};

/// How wide lines are: what every terminal and mail shows.
const WIDTH: usize = 80;

pub(crate) const PLAIN: Style = Style::new();
pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
pub(crate) const STATEMENT: Style = AnsiColor::Cyan.on_default();
pub(crate) const TIME: Style = AnsiColor::Green.on_default();
pub(crate) const FIGURE: Style = AnsiColor::Yellow.on_default();

/// A paragraph in pieces of different style.
#[derive(Debug, Default)]
pub(crate) struct Text {
    words: Vec<Vec<Piece>>,
    /// Whether the next piece goes on in the word before it.
    open: bool,
}

#[derive(Debug)]
struct Piece {
    style: Style,
    text: String,
}

impl Text {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds words. Where neither this piece nor the one before has white space at the seam, they make one word.
    #[must_use]
    pub(crate) fn and(mut self, style: Style, text: &str) -> Self {
        self.push(style, text);
        self
    }

    /// Adds words to this text.
    pub(crate) fn push(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        if text.starts_with(char::is_whitespace) {
            self.open = false;
        }
        for word in text.split_whitespace() {
            let piece = Piece { style, text: printable(word) };
            match self.words.last_mut().filter(|_| self.open) {
                Some(word) => word.push(piece),
                None => self.words.push(vec![piece]),
            }
            self.open = false;
        }
        self.open = !text.ends_with(char::is_whitespace);
    }

    /// The paragraph in lines, the first indented by `first`, the others by spaces of the same width.
    pub(crate) fn fold(&self, first: &str) -> String {
        let indent = first.chars().count();
        let mut folded = first.to_owned();
        let mut column = indent;
        let mut last: Option<Style> = None;
        for word in &self.words {
            let width: usize = word.iter().map(|piece| piece.text.chars().count()).sum();
            let style = word.first().map(|piece| piece.style);
            if column > indent && column + 1 + width > WIDTH {
                close(&mut folded, &mut last);
                folded.push('\n');
                folded.push_str(&" ".repeat(indent));
                column = indent;
            } else if column > indent {
                if last != style {
                    close(&mut folded, &mut last);
                }
                folded.push(' ');
                column += 1;
            }
            for piece in word {
                if last != Some(piece.style) {
                    close(&mut folded, &mut last);
                    folded.push_str(&piece.style.render().to_string());
                    last = Some(piece.style);
                }
                folded.push_str(&piece.text);
            }
            column += width;
        }
        close(&mut folded, &mut last);
        folded.push('\n');
        folded
    }
}

fn close(folded: &mut String, last: &mut Option<Style>) {
    if let Some(style) = last.take() {
        folded.push_str(&style.render_reset().to_string());
    }
}

/// "1 statement", "2,300 statements".
#[expect(clippy::needless_pass_by_value, reason = "whole numbers of every kind")]
pub(crate) fn count(number: impl ToString, one: &str, many: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if digits == "1" { one } else { many })
}

/// The word without characters that would steer a terminal: a report may hold any.
fn printable(word: &str) -> String {
    word.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fold_under_the_first() {
        let text = Text::new().and(PLAIN, &"word ".repeat(20));
        let folded = text.fold("   7:1  ");
        let lines: Vec<&str> = folded.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("   7:1  word") && lines[0].len() <= WIDTH, "{folded}");
        assert!(lines[1].starts_with("        word"), "{folded}");
    }

    #[test]
    fn pieces_without_space_between_make_one_word() {
        let text =
            Text::new().and(PLAIN, "Ana Ruiz").and(PLAIN, "").and(PLAIN, ", minister").and(PLAIN, " said");
        assert_eq!(text.fold(""), "Ana Ruiz, minister said\n");
    }

    #[test]
    fn what_steers_a_terminal_is_not_written() {
        assert_eq!(Text::new().and(PLAIN, "a\u{1b}[31mb").fold(""), "a\u{fffd}[31mb\n");
    }

    #[test]
    fn a_style_is_closed_before_the_line_ends() {
        assert_eq!(Text::new().and(BOLD, "so").and(PLAIN, " it is").fold(""), "\u{1b}[1mso\u{1b}[0m it is\n");
    }
}
