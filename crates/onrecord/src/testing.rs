//! A document for the tests of this crate, with its record written by hand.

use crate::core::nlp::Token;
use crate::core::stages::figures::{Bound, Class, Figure};
use crate::core::stages::mentions::{ActorKind, Mention, MentionKind};
use crate::core::stages::sections::{Section, SectionKind};
use crate::core::stages::sentences::Sentence;
use crate::core::stages::statements::{Statement, StatementKind};
use crate::core::stages::times::{Time, TimeKind};
use crate::core::{By, Document, Id, Meta, Span};

pub(crate) const TEXT: &str = "Dam “will hold”\n\
    The dam “will hold,” General Ilyas Qa’ani, commander of the Quds Force, told reporters on Tuesday. “It has \
    before.”\n\
    The commander said nearly 300 people had left.\n";

/// The document of [`TEXT`] with what is known of it.
pub(crate) fn read(text: &str, meta: Meta) -> Document {
    let mut doc = Document::new(text, meta);
    if text == TEXT {
        fill(&mut doc);
    }
    doc
}

/// The document of [`TEXT`], published on a Wednesday.
pub(crate) fn document() -> Document {
    read(TEXT, meta())
}

pub(crate) fn meta() -> Meta {
    Meta {
        published: "2026-03-04".parse().ok(),
        outlet: Some("Norvale Wire".into()),
        url: None,
        source: Some("dam.txt".into()),
    }
}

fn fill(doc: &mut Document) {
    let at = |words: &str| {
        let start = TEXT.find(words).expect("the words are in the text");
        Span::of(start..start + words.len())
    };
    let section =
        |words, kind| Section { span: at(words), kind, name: None, repeats: None, by: By::rule("t") };
    let (headline, rest) = TEXT.split_once('\n').expect("the headline is a line");
    doc.set(vec![section(headline, SectionKind::Headline), section(rest.trim(), SectionKind::Body)]);
    let sentence = |words| Sentence {
        span: at(words),
        first: Id::<Token>::new(0),
        end: Id::new(0),
        paragraph: Id::new(0),
    };
    doc.set(vec![
        sentence(headline),
        sentence("The dam “will hold,” General Ilyas Qa’ani, commander of the Quds Force, told reporters on Tuesday."),
        sentence("“It has before.”"),
        sentence("The commander said nearly 300 people had left."),
    ]);
    let mention = |words, kind, role| Mention {
        span: at(words),
        head: Id::new(0),
        kind,
        actor: ActorKind::Person,
        refers_to: None,
        name: Some("Ilyas Qa’ani".into()),
        role,
        title: None,
        by: By::rule("mention.name"),
    };
    doc.set(vec![
        mention("Ilyas Qa’ani", MentionKind::Name, Some(at("commander of the Quds Force"))),
        Mention { refers_to: Some(Id::new(0)), ..mention("The commander", MentionKind::Nominal, None) },
    ]);
    doc.set(vec![Time {
        span: at("Tuesday"),
        kind: TimeKind::Date,
        value: "2026-03-03".into(),
        modifier: None,
        begin: Some("2026-03-03".into()),
        end: Some("2026-03-04".into()),
        by: By::rule("time.weekday").saw("verb", at("told")).knew("anchor", "2026-03-04"),
    }]);
    doc.set(vec![
        Statement {
            content: vec![at("The dam “will hold,”"), at("“It has before.”")],
            kind: StatementKind::Mixed,
            speaker: Some(at("General Ilyas Qa’ani")),
            mention: Some(Id::new(0)),
            role: Some(at("commander of the Quds Force")),
            addressee: Some(at("reporters")),
            when: Some(Id::new(0)),
            places: vec![at(headline)],
            ..statement(at("told"))
        },
        Statement {
            content: vec![at("nearly 300 people had left")],
            speaker: Some(at("The commander")),
            mention: Some(Id::new(1)),
            ..statement(at("said"))
        },
    ]);
    doc.set(vec![Figure {
        span: at("nearly 300"),
        low: "300".parse().ok(),
        high: "300".parse().ok(),
        bound: Bound::Nearly,
        change: None,
        manner: None,
        class: Class::Count,
        unit: None,
        unit_words: None,
        per: None,
        si: None,
        counted: Some(at("people")),
        remark: None,
        about: None,
        happened: Some("displaced"),
        part_of: None,
        as_of: None,
        statement: Some(Id::new(1)),
        by: By::rule("figure.number"),
    }]);
}

/// A statement of the general, by this cue.
fn statement(cue: Span) -> Statement {
    Statement {
        content: Vec::new(),
        kind: StatementKind::Indirect,
        speaker: None,
        mention: None,
        name: Some("Ilyas Qa’ani".into()),
        role: None,
        cue: Some(cue),
        cue_lemma: Some("say".into()),
        addressee: None,
        addressee_name: None,
        medium: None,
        negated: false,
        when: None,
        places: Vec::new(),
        inside: None,
        by: By::rule("statement.clause").saw("cue", cue),
    }
}

/// A folder of its own for a test, gone with it.
pub(crate) struct Folder(std::path::PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("onrecord-{name}-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the folder can be removed");
    }
}

/// The engine, opened once for all tests.
pub(crate) fn engine() -> &'static crate::Engine {
    static ENGINE: std::sync::OnceLock<crate::Engine> = std::sync::OnceLock::new();
    ENGINE.get_or_init(|| crate::Engine::new().expect("the model is there"))
}
