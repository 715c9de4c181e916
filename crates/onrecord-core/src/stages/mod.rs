//! The stages, in the order in which they run, which is also the order to read them in.

use crate::entry::{Entry, entry};

pub mod entities;
pub mod figures;
pub mod mentions;
pub mod paragraphs;
pub mod quote_marks;
pub mod sections;
pub mod sentences;
pub mod statements;
pub mod times;
pub mod tokens;

/// Every stage, in order. A new annotator is one file, one `mod` line above, and one line here.
pub(crate) const ALL: &[Entry] = &[
    entry::<sections::Sections>(),
    entry::<paragraphs::Paragraphs>(),
    entry::<tokens::Tokens>(),
    entry::<sentences::Sentences>(),
    entry::<entities::Entities>(),
    entry::<quote_marks::QuoteMarks>(),
    entry::<times::Times>(),
    entry::<mentions::Mentions>(),
    entry::<statements::Statements>(),
    entry::<statements::Attitudes>(),
    entry::<figures::Figures>(),
];
