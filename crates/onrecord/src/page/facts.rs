//! What a page says about itself for machines: JSON-LD, meta elements, links.

use scraper::{Html, Selector};
use serde_json::Value;
use url::Url;

use super::{folded, some};

/// Facts that a page states in its markup.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The JSON-LD node of the article, if the page has one.
    article: Option<Value>,
    /// Whether that node is an article's, and not only the page's.
    pub(super) is_article: bool,
    /// All JSON-LD nodes, for names that the article refers to.
    nodes: Vec<Value>,
    /// Names and contents of meta elements, in order; names in lower case.
    meta: Vec<(String, String)>,
    canonical: Option<String>,
    /// The declared language.
    pub(super) language: Option<String>,
}

impl Facts {
    /// Gathers the facts of a page.
    pub(super) fn read(document: &Html) -> Self {
        let nodes = nodes(document);
        let article =
            nodes.iter().find(|node| is_article(node)).or_else(|| nodes.iter().find(|node| is_page(node)));
        let language = select(document, "html[lang]").find_map(|element| element.attr("lang").and_then(some));
        Self {
            is_article: article.is_some_and(is_article),
            article: article.cloned(),
            meta: meta(document),
            canonical: select(document, "link[rel=canonical]")
                .find_map(|link| link.attr("href").map(str::to_owned)),
            language,
            nodes,
        }
    }

    /// The content of the first meta element with one of these names, in the order of the names.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.meta
                .iter()
                .find(|(known, content)| known == name && !content.trim().is_empty())
                .map(|(_, content)| &**content)
        })
    }

    /// A text of the article's JSON-LD.
    pub(super) fn article_text(&self, key: &str) -> Option<String> {
        self.article.as_ref()?.get(key)?.as_str().map(unescaped).as_deref().and_then(some)
    }

    /// The names of the article's authors in JSON-LD.
    pub(super) fn authors(&self) -> Vec<String> {
        let author = self
            .article
            .as_ref()
            .and_then(|article| article.get("author").or_else(|| article.get("creator")));
        author.map_or_else(Vec::new, |author| self.names(author))
    }

    /// Names that a JSON-LD value stands for: text, object with a name, reference, or a list of these.
    fn names(&self, value: &Value) -> Vec<String> {
        match value {
            Value::String(name) => some(&unescaped(name)).into_iter().collect(),
            Value::Array(values) => values.iter().flat_map(|value| self.names(value)).collect(),
            Value::Object(object) => match object.get("name") {
                Some(name) => self.names(name),
                None => object
                    .get("@id")
                    .and_then(|id| self.node(id))
                    .map_or_else(Vec::new, |name| self.names(name)),
            },
            _ => Vec::new(),
        }
    }

    /// The name of the node that has this id.
    fn node(&self, id: &Value) -> Option<&Value> {
        self.nodes.iter().find(|node| node.get("@id") == Some(id))?.get("name")
    }

    /// The page's own address: a canonical link or `og:url` on the same host as `found`, absolute.
    pub(super) fn canonical(&self, found: Option<&str>) -> Option<Url> {
        let base = found.and_then(|url| Url::parse(url).ok());
        let stated = self.canonical.as_deref().or_else(|| self.meta(&["og:url"]));
        let stated = stated.and_then(|stated| match &base {
            Some(base) => base.join(stated).ok(),
            None => Url::parse(stated).ok(),
        });
        match (stated, base) {
            (Some(stated), Some(base)) if !same_site(&stated, &base) => Some(base),
            (Some(stated), _) => Some(stated),
            (None, base) => base,
        }
    }

    /// Who published the page.
    pub(super) fn outlet(&self) -> Option<String> {
        let publisher = self.article.as_ref().and_then(|article| article.get("publisher"));
        let publisher = publisher.and_then(|publisher| self.names(publisher).into_iter().next());
        let site = self.meta(&["og:site_name", "application-name", "twitter:site"]).and_then(some);
        publisher.or(site).map(|name| name.trim_start_matches('@').to_owned())
    }

    /// The agency that supplied the text, where the page says so.
    pub(super) fn agency(&self) -> Option<String> {
        let source = self.article.as_ref().and_then(|article| article.get("sourceOrganization"));
        source
            .and_then(|source| self.names(source).into_iter().next())
            .or_else(|| self.meta(&["syndication-source-name", "dc.source", "newsagency"]).and_then(some))
    }
}

fn same_site(a: &Url, b: &Url) -> bool {
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    host(a) == host(b)
}

/// Elements of a page that a selector finds; none when the selector is wrong.
pub(super) fn select<'a>(
    document: &'a Html,
    selector: &str,
) -> impl Iterator<Item = scraper::ElementRef<'a>> {
    let selector = Selector::parse(selector).ok();
    let found: Vec<_> = selector.iter().flat_map(|selector| document.select(selector)).collect();
    found.into_iter()
}

fn meta(document: &Html) -> Vec<(String, String)> {
    select(document, "meta[content]")
        .filter_map(|element| {
            let name =
                ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| element.attr(key))?;
            Some((name.trim().to_lowercase(), element.attr("content")?.to_owned()))
        })
        .collect()
}

/// All JSON-LD nodes of a page, graphs and lists laid flat.
fn nodes(document: &Html) -> Vec<Value> {
    let mut nodes = Vec::new();
    for script in select(document, r#"script[type="application/ld+json"]"#) {
        let text: String = script.text().collect();
        let text =
            text.trim().trim_start_matches("<!--").trim_end_matches("-->").trim().trim_end_matches(';');
        let parsed = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " ")));
        if let Ok(value) = parsed {
            flatten(value, &mut nodes);
        }
    }
    nodes
}

fn flatten(value: Value, nodes: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, nodes)),
        Value::Object(mut object) => {
            let inner = ["@graph", "mainEntity", "mainEntityOfPage"].map(|key| object.remove(key));
            nodes.push(Value::Object(object));
            inner.into_iter().flatten().for_each(|value| flatten(value, nodes));
        }
        _ => {}
    }
}

fn types(node: &Value) -> impl Iterator<Item = &str> {
    let kind = &node["@type"];
    kind.as_str().into_iter().chain(kind.as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn is_article(node: &Value) -> bool {
    types(node).any(|kind| {
        kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report" || kind == "Review"
    })
}

fn is_page(node: &Value) -> bool {
    types(node).any(|kind| kind.ends_with("WebPage") || kind == "ItemPage" || kind == "VideoObject")
}

/// Text with the entities that publishers leave in JSON-LD resolved.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    folded(&Html::parse_fragment(text).root_element().text().collect::<String>())
}
