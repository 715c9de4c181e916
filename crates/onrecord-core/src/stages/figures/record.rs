//! The record of a figure, and its columns.

use crate::numbers::Decimal;
use crate::stages::statements::Statement;
use crate::stages::times::Time;
use crate::{By, Column, Document, Id, Layer, Span, Type, Value};

/// A figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The figure's words, with bound and unit: "nearly 38,350 Palestinians" gives "Nearly 38,350".
    pub span: Span,
    /// The value, or the low end of a range; `None` when only vague words are given ("several").
    pub low: Option<Decimal>,
    /// The high end of a range; equal to `low` for a single value, `None` when open ("dozens").
    pub high: Option<Decimal>,
    /// How the value bounds the truth.
    pub bound: Bound,
    /// The direction, when the figure is told as a change.
    pub change: Option<Direction>,
    /// Whether the change is by, to, or from one value to another.
    pub manner: Option<Manner>,
    /// Class of unit.
    pub class: Class,
    /// The unit, normalised: an ISO currency (`USD`) or a unit's name (`kilometre`).
    pub unit: Option<String>,
    /// The unit's words.
    pub unit_words: Option<Span>,
    /// What a rate is counted by: "gallon", "day".
    pub per: Option<Span>,
    /// The value in the SI unit of a measure.
    pub si: Option<InSi>,
    /// What is counted, as worded.
    pub counted: Option<Span>,
    /// A remark on what is counted: "mostly women and children".
    pub remark: Option<Span>,
    /// What the figure is said of, when that is not what it counts: "the index rose 2 per cent" is of the index.
    pub about: Option<Span>,
    /// What happened to what is counted: `killed`, `injured`, `displaced`.
    pub happened: Option<&'static str>,
    /// The figure of which this one is a part: "three, including two children".
    pub part_of: Option<Id<Figure>>,
    /// As of when.
    pub as_of: Option<Id<Time>>,
    /// The statement that carries the figure: by whose count.
    pub statement: Option<Id<Statement>>,
    /// The rule that read it.
    pub by: By,
}

/// A measure in SI units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InSi {
    /// The value, or the low end of a range.
    pub low: Decimal,
    /// The high end.
    pub high: Decimal,
    /// The unit: `m`, `kg`, `s`.
    pub unit: &'static str,
}

/// How a value bounds the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// As it is said, without a word that loosens it.
    Exactly,
    /// A little less: "nearly".
    Nearly,
    /// A little more or less: "about".
    About,
    /// No less: "at least".
    AtLeast,
    /// No more: "up to".
    AtMost,
    /// More: "over".
    MoreThan,
    /// Less: "under".
    FewerThan,
    /// Somewhere in a range.
    Between,
}

impl Bound {
    const ALL: [Self; 8] = [
        Self::Exactly,
        Self::Nearly,
        Self::About,
        Self::AtLeast,
        Self::AtMost,
        Self::MoreThan,
        Self::FewerThan,
        Self::Between,
    ];

    /// The bound's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exactly => "exactly",
            Self::Nearly => "nearly",
            Self::About => "about",
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::MoreThan => "more than",
            Self::FewerThan => "fewer than",
            Self::Between => "between",
        }
    }

    /// The bound of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bound| bound.name() == name)
    }
}

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

impl Direction {
    /// The direction's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// What a figure says of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// How much: "rose by 3 per cent".
    By,
    /// What it reached: "rose to 5 per cent".
    To,
    /// Both levels: "rose from 2 to 5 per cent".
    FromTo,
}

impl Manner {
    /// The manner's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::To => "to",
            Self::FromTo => "from to",
        }
    }
}

/// Class of unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// So many of a thing.
    Count,
    /// An amount of a currency.
    Money,
    /// Parts of a hundred.
    Percent,
    /// A difference between percentages.
    PercentagePoint,
    /// A length, mass, duration or other measure.
    Measure,
    /// How old.
    Age,
    /// So much for each: a price per litre, barrels a day.
    Rate,
    /// Which in order.
    Ordinal,
    /// A part of a whole: half, one in five.
    Fraction,
}

impl Class {
    /// The class's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::PercentagePoint => "percentage point",
            Self::Measure => "measure",
            Self::Age => "age",
            Self::Rate => "rate",
            Self::Ordinal => "ordinal",
            Self::Fraction => "fraction",
        }
    }
}

impl Figure {
    /// The value in print: `38350`, `2/3` for a fraction without an end, `40..50` for a range, `24..` when only the low
    /// end is known.
    pub fn value(&self) -> Option<String> {
        let low = self.low?;
        let print = |value: Decimal| match value.fraction() {
            Some((count, by)) => format!("{count}/{by}"),
            None => value.to_string(),
        };
        Some(match self.high {
            Some(high) if high == low => print(low),
            Some(high) => format!("{}..{}", print(low), print(high)),
            None => format!("{}..", print(low)),
        })
    }
}

impl Layer for Figure {
    const NAME: &'static str = "figures";
    const DOC: &'static str = "A figure: how many, of what, with which bound, and what happened to them.";
    const COLUMNS: &'static [Column] = &[
        Column::new("value", Type::Text, "The exact value: 38350, 40..50 for a range, none for vague words."),
        Column::new("low", Type::Real, "The value, or the low end of a range, as a number to compare by."),
        Column::new("high", Type::Real, "The high end of a range; equal to low for a single value."),
        Column::new(
            "bound",
            Type::Text,
            "exactly, nearly, about, at least, at most, more than, fewer than or between.",
        ),
        Column::new("change", Type::Text, "up or down when the figure is told as a change."),
        Column::new("manner", Type::Text, "by, to, or from to: what the figure says of the change."),
        Column::new(
            "class",
            Type::Text,
            "count, money, percent, percentage point, measure, age, rate, ordinal or fraction.",
        ),
        Column::new("unit", Type::Text, "The unit, normalised: an ISO 4217 currency or a unit's name."),
        Column::new("per", Type::Span, "What a rate is counted by."),
        Column::new("si_low", Type::Real, "A measure's value, or the low end, in its SI unit."),
        Column::new("si_high", Type::Real, "A measure's high end in its SI unit."),
        Column::new("si_unit", Type::Text, "The SI unit."),
        Column::new("counted", Type::Span, "What is counted, as worded."),
        Column::new("remark", Type::Span, "A remark on what is counted."),
        Column::new("about", Type::Span, "What the figure is said of, when that is not what it counts."),
        Column::new(
            "happened",
            Type::Text,
            "What happened to what is counted: killed, injured, displaced and so on.",
        ),
        Column::new("part_of", Type::Reference("figures"), "The figure of which this one is a part."),
        Column::new("as_of", Type::Reference("times"), "As of when."),
        Column::new("statement", Type::Reference("statements"), "The statement that carries the figure."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        let real = |value: Option<Decimal>| value.map_or(Value::Null, |value| Value::Real(value.as_f64()));
        vec![
            Value::text(self.value()),
            real(self.low),
            real(self.high),
            Value::Text(self.bound.name().into()),
            Value::text(self.change.map(Direction::name)),
            Value::text(self.manner.map(Manner::name)),
            Value::Text(self.class.name().into()),
            Value::text(self.unit.clone()),
            Value::span(self.per),
            real(self.si.map(|si| si.low)),
            real(self.si.map(|si| si.high)),
            Value::text(self.si.map(|si| si.unit)),
            Value::span(self.counted),
            Value::span(self.remark),
            Value::span(self.about),
            Value::text(self.happened),
            Value::reference(self.part_of),
            Value::reference(self.as_of),
            Value::reference(self.statement),
        ]
    }
}

/// The value of a measure in its SI unit, when it is known exactly enough.
pub(super) fn in_si(
    low: Option<Decimal>,
    high: Option<Decimal>,
    factor: Option<(Decimal, Decimal)>,
    unit: Option<&'static str>,
) -> Option<InSi> {
    let (factor, offset) = factor?;
    let convert = |value: Decimal| value.checked_mul(factor)?.checked_add(offset);
    Some(InSi { low: convert(low?)?, high: convert(high?)?, unit: unit? })
}
