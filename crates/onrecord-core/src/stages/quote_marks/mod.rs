//! Pairs quotation marks: all styles, continued over paragraphs; unclosed ones flagged.
//!
//! Each paragraph is paired by itself, so that a mark left open spoils no other paragraph. A quotation goes on in the
//! next paragraph when that begins with an opening mark, or when a closing mark comes there before any opening one.

mod marks;
mod pairs;

use crate::stages::paragraphs::Paragraph;
use crate::{By, Column, Data, Document, Id, Layer, Span, Stage, Type, Value};

/// A passage between quotation marks.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteMark {
    /// The passage with its marks.
    pub span: Span,
    /// The passage without its marks.
    pub inner: Span,
    /// Which marks they are.
    pub style: QuoteStyle,
    /// How many quotations it stands inside: 0 for one of its own.
    pub depth: u32,
    /// Whether a closing mark was found; if not, the passage runs to the next opening mark of its style, or to the end
    /// of its paragraph.
    pub closed: bool,
    /// The passage in an earlier paragraph that this one goes on from.
    pub continues: Option<Id<QuoteMark>>,
    /// The rule that paired the marks.
    pub by: By,
}

/// Styles of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteStyle {
    /// “…” or "…", and pairs that mix the two.
    Double,
    /// ‘…’ or '…'.
    Single,
    /// «…» or »…«.
    Guillemets,
    /// „…“ or „…”.
    Low,
    /// 「…」 and 『…』.
    Corner,
}

impl QuoteStyle {
    /// The style's name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Single => "single",
            Self::Guillemets => "guillemets",
            Self::Low => "low",
            Self::Corner => "corner",
        }
    }
}

impl Layer for QuoteMark {
    const NAME: &'static str = "quote_marks";
    const DOC: &'static str = "A passage between quotation marks.";
    const COLUMNS: &'static [Column] = &[
        Column::new("inner", Type::Span, "The passage without its marks."),
        Column::new("style", Type::Text, "double, single, guillemets, low or corner."),
        Column::new("depth", Type::Integer, "How many quotations it stands inside."),
        Column::new("closed", Type::Boolean, "Whether a closing mark was found."),
        Column::new("continues", Type::Reference("quote_marks"), "The passage that this one goes on from."),
    ];

    fn span(&self) -> Span {
        self.span
    }

    fn by(&self) -> By {
        self.by.clone()
    }

    fn row(&self, _doc: &Document) -> Vec<Value> {
        vec![
            Value::Span(self.inner),
            Value::Text(self.style.name().into()),
            Value::Integer(i64::from(self.depth)),
            Value::Boolean(self.closed),
            Value::reference(self.continues),
        ]
    }
}

/// Pairs the quotation marks of each paragraph.
pub struct QuoteMarks;

impl Stage for QuoteMarks {
    type Out = QuoteMark;
    const VERSION: u32 = 2;
    const READS: &'static [&'static str] = &[Paragraph::NAME];

    fn load(_data: &Data) -> Self {
        Self
    }

    fn run(&self, doc: &Document) -> Vec<QuoteMark> {
        read(doc.text(), doc.layer::<Paragraph>())
    }
}

/// Paragraphs without a mark over which an open quotation is carried on to its closing mark.
const CARRIED: usize = 6;

fn read(text: &str, paragraphs: &[Paragraph]) -> Vec<QuoteMark> {
    let mut quotes: Vec<QuoteMark> = Vec::new();
    // The quotation that the paragraphs read so far leave open, and the paragraphs without marks since.
    let mut pending: Option<usize> = None;
    let mut silent: Vec<Span> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(index + 1).map_or("", |next| &text[next.span]);
        let goes_on = next.starts_with(['‘', '\'']);
        let (passages, orphan) = pairs::pairs(&text[paragraph.span], goes_on);
        let first = quotes.len();
        if let (Some(mark), Some(mut last)) = (orphan, pending) {
            for span in silent.drain(..) {
                quotes.push(carried(&quotes, last, span, span, false));
                last = quotes.len() - 1;
            }
            let start = paragraph.span.start;
            let inner = Span::new(start, start + offset(mark.at));
            quotes.push(carried(
                &quotes,
                last,
                Span::new(start, inner.end + offset(mark.length)),
                inner,
                true,
            ));
        }
        let leads = quotes.len();
        quotes.extend(passages.iter().map(|passage| whole(*passage, paragraph.span.start)));
        if let (Some(last), Some(lead)) = (pending, quotes.get(leads))
            && first == leads
            && silent.is_empty()
            && lead.span.start == paragraph.span.start
            && lead.style == quotes[last].style
        {
            let by = By::rule("quote_mark.paragraph").saw("goes on from", quotes[last].span);
            quotes[leads].by = by;
            quotes[leads].continues = Some(Id::new(last));
        }
        if quotes.len() > first {
            silent.clear();
            pending = left_open(&quotes, first, paragraph.span);
        } else {
            silent.push(paragraph.span);
            if silent.len() > CARRIED {
                silent.clear();
                pending = None;
            }
        }
    }
    quotes
}

/// The quotation of its own that runs to the end of the paragraph without a closing mark.
fn left_open(quotes: &[QuoteMark], first: usize, paragraph: Span) -> Option<usize> {
    (first..quotes.len()).rev().find(|index| {
        quotes[*index].depth == 0 && !quotes[*index].closed && quotes[*index].span.end == paragraph.end
    })
}

fn whole(passage: pairs::Passage, base: u32) -> QuoteMark {
    let rule = if passage.closed { "quote_mark.pair" } else { "quote_mark.unclosed" };
    QuoteMark {
        span: Span::new(base + offset(passage.start), base + offset(passage.end)),
        inner: Span::new(base + offset(passage.inner_start), base + offset(passage.inner_end)),
        style: passage.style,
        depth: passage.depth,
        closed: passage.closed,
        continues: None,
        by: By::rule(rule),
    }
}

/// A passage of a paragraph in which an earlier quotation goes on without an opening mark.
fn carried(quotes: &[QuoteMark], last: usize, span: Span, inner: Span, closed: bool) -> QuoteMark {
    QuoteMark {
        span,
        inner,
        style: quotes[last].style,
        depth: 0,
        closed,
        continues: Some(Id::new(last)),
        by: By::rule("quote_mark.carried").saw("goes on from", quotes[last].span),
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("a document has at most 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passages of a text, a paragraph a line, with what is odd of each: `!` not closed, `>` goes on, `*` inside.
    fn quotes(text: &str) -> Vec<String> {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split('\n') {
            paragraphs.push(Paragraph { span: Span::of(at..at + line.len()), section: Id::new(0) });
            at += line.len() + 1;
        }
        let flags = |quote: &QuoteMark| {
            format!(
                "{}{}{}{}",
                if quote.continues.is_some() { ">" } else { "" },
                "*".repeat(quote.depth as usize),
                &text[quote.inner],
                if quote.closed { "" } else { "!" }
            )
        };
        read(text, &paragraphs).iter().map(flags).collect()
    }

    #[test]
    fn every_style() {
        assert_eq!(quotes("“We pay,” she said. “Now.”"), ["We pay,", "Now."]);
        assert_eq!(quotes("\"We pay,\" she said. \"Now.\""), ["We pay,", "Now."]);
        assert_eq!(quotes("''We pay,'' she said. ``Now.''"), ["We pay,", "Now."]);
        assert_eq!(quotes("‘We pay,’ she said. 'Now.'"), ["We pay,", "Now."]);
        assert_eq!(quotes("«We pay», she said. »Now.«"), ["We pay", "Now."]);
        assert_eq!(quotes("„We pay“, she said. „Now.”"), ["We pay", "Now."]);
        assert_eq!(quotes("「We pay」 『Now』"), ["We pay", "Now"]);
        assert_eq!(quotes("“We pay,\" she said."), ["We pay,"]);
        assert_eq!(quotes("“We pay,“ she said. “Now.“"), ["We pay,", "Now."]);
    }

    #[test]
    fn quotations_in_quotations() {
        assert_eq!(quotes("“He said ‘never’ to us,” she said."), ["He said ‘never’ to us,", "*never"]);
        assert_eq!(quotes("“He said “never” to us,” she said."), ["He said “never” to us,", "*never"]);
        assert_eq!(quotes("\"He said 'never' to us.\""), ["He said 'never' to us.", "*never"]);
        assert_eq!(quotes("‘He said “never” to us,’ she said."), ["He said “never” to us,", "*never"]);
        assert_eq!(quotes("“He said, ‘never.’” She left."), ["He said, ‘never.’", "*never."]);
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(
            quotes("The workers’ rights weren’t the minister’s. Rock ’n’ roll of the ’90s, ‘em.").is_empty()
        );
        assert!(quotes("The workers' rights weren't the minister's. Rock 'n' roll of the '90s.").is_empty());
        assert_eq!(quotes("‘The workers’ rights are gone,’ she said."), ["The workers’ rights are gone,"]);
        assert_eq!(quotes("'It isn't the workers' fault,' she said."), ["It isn't the workers' fault,"]);
        assert_eq!(quotes("She likes ‘House of Cards’ and the workers’ song."), ["House of Cards"]);
        assert_eq!(quotes("She is 5'11\" tall and said \"yes\"."), ["yes"]);
    }

    #[test]
    fn quotations_over_paragraphs() {
        assert_eq!(quotes("“One.\n“Two.\n“Three,” she said."), ["One.!", ">Two.!", ">Three,"]);
        assert_eq!(quotes("‘One.\n‘Two,’ she said."), ["One.!", ">Two,"]);
        assert_eq!(quotes("‘One,’ she said. ‘Two.\n‘It’s three.’"), ["One,", "Two.!", ">It’s three."]);
        assert_eq!(quotes("‘One,’ she said of ‘em.\n‘Three.’"), ["One,", "Three."]);
        assert_eq!(quotes("She said, “One.\nTwo.\nThree.”\nFour."), ["One.!", ">Two.!", ">Three."]);
        assert_eq!(quotes("She said, \"One.\nTwo.\""), ["One.!", ">Two."]);
    }

    #[test]
    fn a_mark_left_open_spoils_little() {
        assert_eq!(quotes("She said “One.\nThen “two” came."), ["One.!", "two"]);
        assert_eq!(quotes("She said “one and “two” came."), ["one and!", "two"]);
        assert_eq!(quotes("She said \"one and \"two\" came."), ["one and!", "two"]);
        assert_eq!(quotes("Two” came."), Vec::<String>::new());
        assert_eq!(quotes("“He said ‘never,” she said. “Yes.”"), ["He said ‘never,", "Yes."]);
    }

    #[test]
    fn strange_text_gives_no_panic() {
        for text in [
            "“",
            "\"",
            "''",
            "'",
            "“”",
            "\"\"\"\"",
            "”“”“",
            "‘’‘’",
            "«»»««",
            "\0“\0”",
            "؟“مرحبا”",
            "🙂“🙂”🙂",
        ] {
            let _ = quotes(text);
            let _ = quotes(&text.repeat(2000));
            let _ = quotes(&format!("{text}\n{text}\n\n{text}"));
        }
    }
}
