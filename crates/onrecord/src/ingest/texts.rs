//! What bytes hold, without a database: for programs that only want the texts.

use super::article::{self, Given};
use super::fields::Map;
use super::formats;

/// The texts in bytes of any format that can be added, in order; or for what cannot be read, why.
///
/// ```
/// let texts = onrecord::ingest::texts("dam.jsonl", b"{\"title\": \"Dam\", \"text\": \"It holds.\"}\n{broken\n");
/// assert_eq!(texts[0].as_deref(), Ok("Dam\n\nIt holds."));
/// assert!(texts[1].as_ref().is_err_and(|reason| reason.starts_with("dam.jsonl, byte 38 is no line of JSON")));
/// ```
pub fn texts(name: &str, bytes: &[u8]) -> Vec<Result<String, String>> {
    let mut texts = Vec::new();
    formats::read(name, bytes, &Map::default(), &mut |found| {
        texts.push(match found {
            Err(bad) => Err(bad.to_string()),
            Ok(item) => match article::open(&item, &Given::default()) {
                Ok(article) => Ok(article.text),
                Err(reason) => Err(format!("{} {reason}", item.place)),
            },
        });
        true
    });
    texts
}
