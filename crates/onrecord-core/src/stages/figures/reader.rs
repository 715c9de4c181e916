//! The grammar of figures alone: what the words of a text tell without a parse, namely numbers with their bound, unit and
//! rate. What is counted, and what happened to it, takes the stage with its parse.

use super::quantity::{self, Quantity};
use super::record::{self, Figure};
use super::words::Words;
use crate::numbers::Numbers;
use crate::stages::times::{TimeKind, TimeReader};
use crate::{By, Span};

/// Reads figures in running text, without a parse.
///
/// ```
/// use onrecord_core::stages::figures::{Bound, Class, FigureReader};
///
/// let text = "Nearly two-thirds of the 1,204 boats burned on 5 May. The loss: between $3 and $4 million.";
/// let figures = FigureReader::english().read(text);
/// let values: Vec<String> = figures.iter().filter_map(|figure| figure.value()).collect();
/// assert_eq!(values, ["2/3", "1204", "3000000..4000000"]);
/// assert_eq!(figures[0].bound, Bound::Nearly);
/// assert_eq!(&text[figures[2].span], "between $3 and $4 million");
/// assert_eq!((figures[2].class, figures[2].unit.as_deref()), (Class::Money, Some("USD")));
/// ```
#[derive(Debug, Clone)]
pub struct FigureReader {
    numbers: Numbers,
    words: Words,
    times: TimeReader,
}

impl FigureReader {
    /// The reader for English.
    pub fn english() -> Self {
        Self { numbers: Numbers::english(), words: Words::english(), times: TimeReader::english() }
    }

    /// The figures of a text, in order. Dates and times of day are none.
    pub fn read(&self, text: &str) -> Vec<Figure> {
        let times = self.times.read(text, None);
        let dates: Vec<Span> =
            times.iter().filter(|time| time.kind != TimeKind::Duration).map(|time| time.span).collect();
        let mut quantities: Vec<Quantity> = paragraphs(text)
            .flat_map(|paragraph| quantity::quantities(text, paragraph, &self.numbers, &self.words, &dates))
            .collect();
        quantity::cents::settle(text, quantities.iter_mut());
        let mut figures: Vec<Figure> = quantities.iter().map(alone).collect();
        figures.sort_by_key(|figure| (figure.span.start, figure.span.end));
        figures
    }
}

/// Stretches between blank lines.
fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split("\n\n").map(move |part| {
        let span = Span::of(at..at + part.len());
        at += part.len() + 2;
        span
    })
}

/// The figure that a quantity is by itself.
pub(super) fn alone(quantity: &Quantity) -> Figure {
    Figure {
        span: quantity.span,
        low: quantity.low,
        high: quantity.high,
        bound: quantity.bound,
        change: None,
        manner: None,
        class: quantity.class,
        unit: quantity.unit.map(str::to_owned),
        per: quantity.per,
        unit_words: quantity.unit_words,
        si: quantity
            .measure
            .and_then(|unit| record::in_si(quantity.low, quantity.high, unit.factor, unit.si)),
        counted: None,
        remark: None,
        about: None,
        happened: None,
        part_of: None,
        as_of: None,
        statement: None,
        by: By::rule(quantity.rule).saw("number", quantity.number),
    }
}
