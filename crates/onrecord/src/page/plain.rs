//! The words of a piece of HTML, a paragraph a line, and how deep HTML is nested.

use std::collections::BTreeMap;

use scraper::{Html, Node};

use super::some;

/// Elements that begin a line of their own.
pub(super) const BLOCKS: [&str; 26] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "p",
    "pre",
    "section",
    "tr",
    "ul",
];
/// Elements whose content is no text of the page.
const SILENT: [&str; 5] = ["script", "style", "noscript", "template", "iframe"];

/// The words of a piece of HTML, one paragraph a line.
pub(crate) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) || is_too_deep(html) {
        return html.trim().to_owned();
    }
    let document = Html::parse_fragment(html);
    let mut lines = vec![String::new()];
    for edge in document.tree.root().traverse() {
        let (ego_tree::iter::Edge::Open(node) | ego_tree::iter::Edge::Close(node)) = edge;
        match node.value() {
            Node::Element(element) if BLOCKS.contains(&element.name()) => lines.push(String::new()),
            Node::Text(text) if matches!(edge, ego_tree::iter::Edge::Open(_)) => {
                let parent =
                    node.parent().and_then(|parent| Some(parent.value().as_element()?.name().to_owned()));
                if !parent.is_some_and(|parent| SILENT.contains(&parent.as_str())) {
                    lines.last_mut().expect("there is always a line").push_str(text);
                }
            }
            _ => {}
        }
    }
    lines.iter().filter_map(|line| some(line)).collect::<Vec<_>>().join("\n")
}

/// Elements within elements beyond which a page is no page. Browsers stop at 512.
const DEEPEST: usize = 512;
/// Elements that nobody closes, or that close each other.
const LOOSE: [&str; 32] = [
    "area", "base", "body", "br", "col", "colgroup", "dd", "dt", "embed", "head", "hr", "html", "img",
    "input", "li", "link", "meta", "optgroup", "option", "p", "param", "path", "rp", "rt", "source", "tbody",
    "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// Whether HTML is nested so deep that a parser of it takes time by the square of its length. Counts what is opened and
/// not closed, name by name, without building anything.
pub(super) fn is_too_deep(html: &str) -> bool {
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    let (mut depth, mut rest) = (0, html);
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let closes = rest.starts_with('/');
        let tag = rest.trim_start_matches('/');
        let name: String = tag
            .chars()
            .take(32)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if name.is_empty() || LOOSE.contains(&name.as_str()) {
            continue;
        }
        if closes {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
            }
            continue;
        }
        if name == "script" || name == "style" {
            let end = format!("</{name}");
            rest = &tag[name.len()..];
            rest = find_tag(rest, &end).map_or("", |at| &rest[at + end.len()..]);
            continue;
        }
        let closed_at_once = tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if !closed_at_once {
            *open.entry(name).or_default() += 1;
            depth += 1;
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// Where a tag stands, in whichever case.
pub(super) fn find_tag(text: &str, tag: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes()).find(|at| {
        text.as_bytes()[*at..]
            .get(..tag.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(tag.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_fragment_stand_a_paragraph_a_line() {
        let html =
            "<p>The dam <b>holds</b>,<br>he said &amp; left.</p><ul><li>One</li></ul><script>x()</script>";
        assert_eq!(plain(html), "The dam holds,\nhe said & left.\nOne");
        assert_eq!(plain("The dam holds."), "The dam holds.");
    }

    #[test]
    fn what_is_nested_too_deep_is_told_without_parsing() {
        assert!(is_too_deep(&"<div>".repeat(100_000)));
        assert!(is_too_deep(&"<p><b>".repeat(100_000)));
        assert!(is_too_deep(&"<div></x>".repeat(100_000)));
        assert!(!is_too_deep(&"<p>One<br><li>Two".repeat(100_000)));
        assert!(!is_too_deep(&"<div><span>One</span></div><path/>".repeat(100_000)));
        assert!(!is_too_deep(&"<SCRIPT>if (a<b) {}</Script>".repeat(1000)));
        assert!(!is_too_deep("<"));
    }
}
