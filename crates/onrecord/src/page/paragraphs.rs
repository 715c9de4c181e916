//! The paragraphs of an article: the extractor runs those of short pages together, the headline with them.
//!
//! What it kept is followed along the page's own words, and parted where the page parts it.

use super::words::Words;

/// How many characters of a text, without white space, are looked for on the page at a time.
const KEY: usize = 16;
/// Keys that are looked for in vain before the rest is left as it is: each costs a reading of the whole page.
const MOST_MISSES: usize = 100;

/// The text with a line for each paragraph of the page.
pub(super) fn parted(html: &str, text: &str) -> String {
    let words = Words::of(html);
    let (mut parted, mut walk) =
        (String::with_capacity(text.len() + 64), Walk { words: &words, at: None, misses: 0 });
    let mut gap = String::new();
    for (start, c) in text.char_indices() {
        if c.is_whitespace() {
            gap.push(c);
            continue;
        }
        let begins_word = parted.is_empty() || !gap.is_empty();
        let broken = walk.step(c, &text[start..], begins_word) && !parted.is_empty();
        parted.push_str(if broken && !gap.contains('\n') { "\n" } else { &gap });
        gap.clear();
        parted.push(c);
    }
    parted
}

/// A text followed along a page.
struct Walk<'w> {
    words: &'w Words,
    /// Where on the page the last character stands: the offset after it.
    at: Option<usize>,
    misses: usize,
}

impl Walk<'_> {
    /// Goes on by one character, with which `rest` begins. Answers whether the page has a break before it.
    fn step(&mut self, c: char, rest: &str, begins_word: bool) -> bool {
        let here = self.at.filter(|at| self.words.flat[*at..].starts_with(c));
        let found = here.or_else(|| if begins_word { self.find(rest) } else { None });
        let broken = match (self.at, found) {
            (Some(last), Some(found)) if last <= found => self.words.breaks_in(last, found),
            _ => false,
        };
        self.at = found.map(|found| found + c.len_utf8()).or(self.at);
        // After a leap the place may be wrong: a sentence is not parted on the strength of it.
        broken && (here.is_some() || !c.is_lowercase())
    }

    /// Where the page goes on with the rest, after something that the extractor left out.
    fn find(&mut self, rest: &str) -> Option<usize> {
        if self.misses > MOST_MISSES {
            return None;
        }
        let key: String =
            rest.chars().take_while(|c| *c != '\n').filter(|c| !c.is_whitespace()).take(KEY).collect();
        // A short headline before something that was left out has no more than its own words in common with the page.
        let short: String = key.chars().take(KEY / 2).collect();
        let from = self.at.unwrap_or_default();
        let places = [(&key, from), (&short, from), (&key, 0)];
        let found = places.into_iter().find_map(|(key, from)| self.words.find(key, from));
        self.misses += usize::from(found.is_none());
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<h1>Dam will hold</h1><div>Advertisement</div><p>It <b>will</b>, he said.</p>\n<p>The road<br>is \
                        closed.</p><ul><li>One boat</li><li>Two men</li></ul>";

    #[test]
    fn what_was_run_together_is_parted_as_on_the_page() {
        let run = "Dam will hold It will, he said. The road is closed. One boat Two men";
        assert_eq!(
            parted(HTML, run),
            "Dam will hold\nIt will, he said.\nThe road is closed.\nOne boat\nTwo men"
        );
    }

    #[test]
    fn what_is_parted_already_stays_as_it_is() {
        let good = "Dam will hold\nIt will, he said.\n\nThe road\nis closed.\nOne boat\nTwo men\n";
        assert_eq!(parted(HTML, good), good.trim_end());
        assert_eq!(parted("", "Not on the page. At all."), "Not on the page. At all.");
        assert_eq!(parted(HTML, ""), "");
    }
}
