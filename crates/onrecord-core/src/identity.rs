//! Names that last: the hash of a text, and the id of a row.

use sha2::{Digest, Sha256};

use crate::Span;

/// The SHA-256 of a text, as 64 hexadecimal digits.
pub fn document_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The id of a row: made from the document's hash, the layer and the spans alone, so that the same row has the same id
/// on any machine and after a better model has run. Twelve bytes of SHA-256 as 24 hexadecimal digits: with a billion
/// rows, two share an id with a chance of one in 10¹¹.
pub fn row_id(document_hash: &str, layer: &str, spans: &[Span]) -> String {
    let mut hash = Sha256::new();
    hash.update(document_hash.as_bytes());
    hash.update([0]);
    hash.update(layer.as_bytes());
    hash.update([0]);
    for span in spans {
        hash.update(span.start.to_le_bytes());
        hash.update(span.end.to_le_bytes());
    }
    hex(&hash.finalize()[..12])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_id_depends_on_document_layer_and_spans_only() {
        let hash = document_hash("The mayor spoke.");
        let id = row_id(&hash, "statements", &[Span::new(0, 3)]);
        assert_eq!(id.len(), 24);
        assert_eq!(id, row_id(&hash, "statements", &[Span::new(0, 3)]));
        assert_ne!(id, row_id(&hash, "times", &[Span::new(0, 3)]));
        assert_ne!(id, row_id(&hash, "statements", &[Span::new(0, 4)]));
        assert_ne!(id, row_id(&document_hash("The mayor spoke"), "statements", &[Span::new(0, 3)]));
    }
}
