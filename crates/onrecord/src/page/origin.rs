//! Where the paragraphs of a text stand in the page that it was taken from.
//!
//! White space is left out of both, as extractors change it: what remains of a paragraph is looked for in what remains of
//! the page's words, which are kept with their offsets.

use std::ops::Range;

use super::words::Words;

/// A paragraph of a text, and where it stands in its page: bytes of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) text: Range<usize>,
    pub(crate) page: Range<usize>,
}

/// Shorter paragraphs, in characters without white space, could stand anywhere.
const SHORTEST: usize = 4;

/// Paragraphs that are looked for in vain before the rest is left alone: each costs a reading of the whole page.
const MOST_MISSES: usize = 100;

/// Where each paragraph stands, in the order of the text. One that does not stand on the page as it is, as when the
/// extractor left out a note within it, has no place.
pub(crate) fn origins(html: &str, text: &str) -> Vec<Origin> {
    let words = Words::of(html);
    let (mut found, mut from, mut misses) = (Vec::new(), 0, 0);
    for (start, line) in lines(text) {
        let flat: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        if flat.chars().count() < SHORTEST {
            continue;
        }
        // Paragraphs follow each other as on the page; a headline may stand there earlier than its own.
        let after = words.find(&flat, from);
        let Some(at) = after.or_else(|| words.find(&flat, 0)) else {
            misses += 1;
            if misses > MOST_MISSES {
                break;
            }
            continue;
        };
        let end = at + flat.len();
        if after.is_some() {
            from = end;
        }
        let page = words.starts[at] as usize..words.ends[end - 1] as usize;
        found.push(Origin { text: start..start + line.len(), page });
    }
    found
}

/// The lines of a text without white space at their ends, with their offsets.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let here = start;
        start += line.len() + 1;
        let trimmed = line.trim();
        (!trimmed.is_empty()).then(|| (here + line.len() - line.trim_start().len(), trimmed))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_found_behind_their_tags_and_entities() {
        let html = "<html><head><script>var a = '<p>The dam holds</p>';</script></head><body>\n<!-- The dam holds -->\
                    <h1>The dam\n holds</h1><p>&ldquo;It <b>will</b>&rdquo;, he&nbsp;said &amp; left.</p></body></html>";
        let text = "The dam holds\n\n“It will”, he said & left.\n\nNot there.";
        let found: Vec<(&str, &str)> =
            origins(html, text).into_iter().map(|origin| (&text[origin.text], &html[origin.page])).collect();
        assert_eq!(
            found,
            [
                ("The dam holds", "The dam\n holds"),
                ("“It will”, he said & left.", "&ldquo;It <b>will</b>&rdquo;, he&nbsp;said &amp; left."),
            ]
        );
    }

    #[test]
    fn strange_pages_have_no_places_and_do_no_harm() {
        for html in [
            "",
            "<",
            "<!--",
            "&",
            "&;",
            "<script",
            "<é>",
            "&#xffffffffff;",
            "a<b",
            "<style></STYLE>Dam holds",
        ] {
            for origin in origins(html, "Dam holds\n\n<\n&") {
                assert!(html.get(origin.page).is_some());
            }
        }
        assert_eq!(origins("<style>x</STYLE>Dam holds", "Dam holds").len(), 1);
    }
}
