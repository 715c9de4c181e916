//! Headline and author: the headline without the outlet's name behind it, the author without "By".

use scraper::Html;

use super::facts::{Facts, select};
use super::{folded, some};

/// Marks that stand between a headline and the outlet's name in a page's title.
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " // "];

/// The headline: what the page's own heading says, if the titles for machines agree with it.
pub(super) fn title(document: &Html, facts: &Facts, extracted: &str) -> Option<String> {
    let titles = [
        facts.article_text("headline"),
        facts.meta(&["og:title", "twitter:title", "dc.title", "citation_title"]).and_then(some),
        select(document, "title").next().and_then(|title| some(&title.text().collect::<String>())),
        some(extracted),
    ];
    let titles: Vec<String> = titles.into_iter().flatten().collect();
    let headings: Vec<String> = select(document, "h1")
        .filter_map(|heading| some(&heading.text().collect::<String>()))
        .filter(|heading| heading.chars().count() > 3)
        .collect();
    let agrees = |heading: &&String| titles.iter().any(|title| alike(title, heading));
    if let Some(heading) = headings.iter().find(agrees) {
        return Some(heading.clone());
    }
    let outlet = facts.outlet();
    titles.first().map(|title| without_outlet(title, outlet.as_deref()))
}

/// Whether a title for machines and a heading say the same: one begins the other, or most words are shared.
fn alike(title: &str, heading: &str) -> bool {
    let (title, heading) = (words(title), words(heading));
    if title.starts_with(&heading) || heading.starts_with(&title) {
        return true;
    }
    let shared = heading.iter().filter(|word| title.contains(word)).count();
    2 * shared > heading.len().max(title.len())
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A title without the outlet's name: behind the last separator, when what stands there is the outlet or is short.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let last = SEPARATORS.iter().filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len()))).max();
    let Some((at, length)) = last else { return title.to_owned() };
    let (head, tail) = (&title[..at], &title[at + length..]);
    let named = outlet.is_some_and(|outlet| words(outlet).iter().any(|word| words(tail).contains(word)));
    let short = words(tail).len() <= 4 && words(head).len() > words(tail).len();
    if named || short { head.trim().to_owned() } else { title.to_owned() }
}

/// Who wrote the article.
pub(super) fn author(document: &Html, facts: &Facts, extracted: &str) -> Option<String> {
    const NAMES: [&str; 8] = [
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "citation_author",
        "article.author",
    ];
    const PLACES: &str = "[rel=author], [itemprop=author] [itemprop=name], [itemprop=author], .author-name, .byline-name, \
                          .author .fn, .byline a, .author a, .post-author, .entry-author, .byline, .author";
    let names = facts.authors();
    let stated = (!names.is_empty()).then(|| names.join(", ")).and_then(|names| cleaned(&names));
    stated
        .or_else(|| facts.meta(&NAMES).and_then(cleaned))
        .or_else(|| cleaned(extracted))
        .or_else(|| select(document, PLACES).find_map(|element| cleaned(&element.text().collect::<String>())))
}

/// An author as a name: without "By", addresses and roles of the web site; `None` when what is left is no name.
fn cleaned(author: &str) -> Option<String> {
    let text = folded(author);
    let text = ["By ", "by ", "BY ", "Written by ", "Posted by ", "Author: "]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(&text);
    let text = text.trim().trim_end_matches([',', '|', '·', '-']).trim();
    let telling = text.chars().any(char::is_alphabetic);
    let name = telling && text.chars().count() <= 120 && !text.contains("://") && !text.contains('@');
    let role = ["admin", "administrator", "editor", "staff", "webmaster", "guest", "team"];
    (name && !role.contains(&text.to_lowercase().as_str())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlet_is_taken_off_a_title() {
        assert_eq!(
            without_outlet("Harbour reopens | The Norvale Courier", None),
            "Harbour reopens | The Norvale Courier"
        );
        assert_eq!(
            without_outlet("Harbour reopens after storm | Norvale Courier", Some("The Norvale Courier")),
            "Harbour reopens after storm"
        );
        assert_eq!(without_outlet("Ruiz – a life - Courier", Some("Courier")), "Ruiz – a life");
    }

    #[test]
    fn an_author_is_a_name() {
        assert_eq!(cleaned("  By  Ana Ruiz "), Some("Ana Ruiz".into()));
        assert_eq!(cleaned("https://example.org/ana"), None);
        assert_eq!(cleaned("admin"), None);
    }
}
