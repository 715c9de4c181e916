//! Follows the story: which place in the calendar it has come to, and which it only names in passing.

use super::TimeKind;
use super::expression::{Expression, Found, Year};
use super::grammar::Grammar;
use super::resolve::{Anchors, Resolved};
use super::value::{Place, Stamp, TimeValue};
use super::words::Kind;

/// How many words may stand before a time that opens its sentence, and the mark before them.
const OPENING: usize = 5;

/// How often the next year is named in passing before the story has gone there.
const NAMED_AHEAD: u8 = 3;

impl Anchors {
    /// A new sentence: what the one before named in passing is over.
    pub(super) fn next_sentence(&mut self) {
        self.story = self.main;
        self.year = self.main_year;
    }

    /// Goes on to the time that was just named.
    pub(super) fn follow(&mut self, grammar: &Grammar<'_>, found: &Found, resolved: &Resolved) {
        let TimeValue::Stamp(stamp) = resolved.value else { return };
        if resolved.kind == TimeKind::Set || stamp.year.is_none() {
            return;
        }
        // What a year-ago quarter is compared with stays the topic.
        if compares(&found.expression, resolved) || follows_mark(grammar, found, '(') {
            return;
        }
        if matches!(stamp.place, Place::Quarter(Some(_))) {
            self.quarter = Some(stamp);
        }
        if matches!(stamp.place, Place::Century | Place::Decade) {
            return;
        }
        self.latest = Some(stamp);
        // "On March 3 (a Monday), 1941": a year alone adds nothing to a month of it.
        if stamp.place == Place::Year && self.year == stamp.year {
            return;
        }
        let passing = self.narrative && self.in_passing(grammar, found, &stamp);
        if passing {
            self.note_ahead(stamp.year.filter(|_| stamp.place == Place::Year));
        } else {
            self.ahead = None;
        }
        self.story = Some(stamp);
        self.year = stamp.year;
        if !passing {
            self.main = self.story;
            self.main_year = self.year;
        }
    }

    /// The next year that is named in passing again and again is where the story has gone: "operations for 1777
    /// ... resigned after the 1777 campaign ... Burgoyne set off in June".
    fn note_ahead(&mut self, year: Option<i32>) {
        let (Some(year), Some(main)) = (year, self.main_year) else { return };
        let times = match self.ahead {
            Some((ahead, times)) if ahead == year => times + 1,
            _ if year == main + 1 => 1,
            _ => return,
        };
        self.ahead = Some((year, times));
        if times >= NAMED_AHEAD {
            (self.main, self.main_year, self.ahead) = (Some(Stamp::year(Some(year))), Some(year), None);
        }
    }

    /// Whether a history names a time in passing, and then goes back to where it was: a year inside a sentence, or a
    /// time far from the story's, or an end still to come ("until the fall of the city in February 1945").
    fn in_passing(&self, grammar: &Grammar<'_>, found: &Found, stamp: &Stamp) -> bool {
        let (Some(main), Some(year)) = (self.main_year, stamp.year) else { return false };
        if opens_sentence(grammar, found) {
            return false;
        }
        let far = !(main..=main + 1).contains(&year);
        far || stamp.place == Place::Year || year != main && looks_on(grammar, found)
    }
}

/// Whether "until" or "since" stands before an expression in its clause.
fn looks_on(grammar: &Grammar<'_>, found: &Found) -> bool {
    (1..=8)
        .map_while(|back| found.first.checked_sub(back).and_then(|at| grammar.lex(at)))
        .take_while(|lex| !matches!(lex.kind, Kind::Mark(_)))
        .any(|lex| lex.is("until") || lex.is("till") || lex.is("since"))
}

/// Whether an expression stands among the first words of its sentence: "In early 1943, ...".
fn opens_sentence(grammar: &Grammar<'_>, found: &Found) -> bool {
    (1..=OPENING).any(|back| match found.first.checked_sub(back) {
        None => true,
        Some(at) => matches!(grammar.mark(at), Some('.' | '¶' | '?' | '!')),
    })
}

fn follows_mark(grammar: &Grammar<'_>, found: &Found, mark: char) -> bool {
    found.first.checked_sub(1).is_some_and(|at| grammar.mark(at) == Some(mark))
}

/// Whether an expression only names the same place of another year, for comparison.
fn compares(expression: &Expression, resolved: &Resolved) -> bool {
    let quarter = matches!(resolved.value, TimeValue::Stamp(Stamp { place: Place::Quarter(_), .. }));
    match expression {
        Expression::Shift { .. } => quarter,
        Expression::Calendar(calendar) => matches!(calendar.year, Year::Moved(..)),
        _ => false,
    }
}
