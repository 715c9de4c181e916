//! A second look at pages of which the extractor kept only a corner.

use scraper::{ElementRef, Html};

use super::facts::select;
use super::folded;

/// Words of a paragraph that is more than a label, a caption or a teaser.
const TELLING: usize = 25;
/// The extractor missed the article when the page's own paragraphs have more words than it kept in this ratio.
/// Set by hand on eight pages of the gold where the extractor kept too little or too much; not measured on others.
const MISSED: (usize, usize) = (5, 3);
/// Places on a page that hold no article.
const BESIDE: [&str; 5] = ["nav", "footer", "aside", "form", "header"];
/// Parts of the names of classes of such places.
const BESIDE_CLASS: [&str; 7] = ["comment", "footer", "sidebar", "related", "cookie", "newsletter", "promo"];

/// What the extractor kept, or the paragraphs of the page when these have far more words.
pub(super) fn whole(document: &Html, extracted: String) -> String {
    let length = |paragraph: &String| paragraph.split_whitespace().count();
    let telling: usize = texts(document, "p").iter().map(length).filter(|words| *words >= TELLING).sum();
    if telling * MISSED.1 <= length(&extracted) * MISSED.0 {
        return extracted;
    }
    let mut kept = texts(document, "p, article li, main li, article h2, main h2, blockquote");
    kept.retain(|paragraph| !paragraph.is_empty());
    // A quotation is found with the paragraph inside it.
    kept.dedup_by(|next, last| last.contains(next.as_str()));
    kept.join("\n")
}

/// The words of the elements that a selector finds, but for those beside the article.
fn texts(document: &Html, selector: &str) -> Vec<String> {
    let found = select(document, selector).filter(|element| !is_beside(*element));
    found.map(|element| folded(&element.text().collect::<String>())).collect()
}

fn is_beside(element: ElementRef<'_>) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|above| {
        let named = |name: &str| name.to_lowercase();
        let class = [above.attr("class"), above.attr("id")].into_iter().flatten().map(named);
        BESIDE.contains(&above.value().name())
            || (above.value().name() != "body"
                && class.into_iter().any(|class| BESIDE_CLASS.iter().any(|part| class.contains(part))))
    })
}
