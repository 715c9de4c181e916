//! Follows the story: which place in the calendar it has come to, which it only names in passing, and where it goes next.

use super::TimeKind;
use super::calendar::{days, days_between, first_day, moved};
use super::expression::{Calendar, Expression, Found, Name, Year};
use super::grammar::Grammar;
use super::places::in_year;
use super::resolve::{Anchors, Resolved, Upcoming};
use super::value::{Clock, Place, Stamp, TimeValue, Unit};
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
        self.in_sentence = false;
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
        // "The worst fall since 1987" tells of now.
        let since = found.first.checked_sub(1).is_some_and(|at| grammar.is(at, "since"));
        if !self.narrative && stamp.place == Place::Year && since {
            return;
        }
        self.latest = Some(stamp);
        self.in_sentence = true;
        if matches!(stamp.clock, Some(Clock::At { hour: 20..=23, .. })) {
            self.evening = first_day(&stamp);
        }
        // "On March 3 (a Monday), 1941": a year alone adds nothing to a month of it.
        if stamp.place == Place::Year && self.year == stamp.year {
            return;
        }
        let passing = self.narrative
            && if self.in_passing(grammar, found, &stamp) {
                !self.leads_on(&stamp)
            } else {
                self.strays(&stamp)
            };
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

/// How many times further on one is looked for that shows where the story goes.
const LOOK_AHEAD: usize = 8;

/// Days between two steps of a story that belong together: two years.
const STEP: i64 = 730;

/// Where a history goes after one of its times: the next with a written year that names a day or opens a sentence.
pub(super) fn upcoming(grammar: &Grammar<'_>, found: &[Found], index: usize) -> Option<Upcoming> {
    let later = found.get(index + 1..)?.iter().take(LOOK_AHEAD);
    let is_day = |next: &Found| {
        matches!(next.expression, Expression::Calendar(Calendar { name: Name::Day(Some(_), _), .. }))
    };
    let (next, stamp) =
        later.filter(|next| is_day(next) || opens_sentence(grammar, next)).find_map(|next| {
            let Expression::Calendar(calendar) = next.expression else { return None };
            let Year::Written(year) = calendar.year else { return None };
            let is_told = matches!(
                calendar.name,
                Name::Year | Name::Month(_) | Name::Day(Some(_), _) | Name::Season(_)
            );
            Some((next, in_year(calendar.name, year).filter(|_| is_told)?))
        })?;
    let (first, after) = days(&stamp)?;
    let day = after.and_then(|after| moved(after, -1, Unit::Day)).unwrap_or(first);
    let is_near = !(found[index].end..next.first).any(|at| grammar.mark(at) == Some('¶'));
    Some(Upcoming { day, is_near })
}

impl Anchors {
    /// Whether the story goes on from a time named inside a sentence to the date that it names next, while it stood
    /// after both: "fought through 1781 ... On October 19, 1781".
    fn leads_on(&self, stamp: &Stamp) -> bool {
        let Some(next) = self.next.filter(|next| next.is_near) else { return false };
        let stood_after = self.main.and_then(|main| first_day(&main)).is_some_and(|main| main > next.day);
        let from = first_day(stamp);
        stood_after && from.is_some_and(|from| from <= next.day && days_between(from, next.day) <= STEP)
    }

    /// Whether a sentence opens with a time years ahead of the story, which then goes on where it was: "In November
    /// 2008 it was revealed".
    fn strays(&self, stamp: &Stamp) -> bool {
        let (Some(next), Some(main), Some(here)) =
            (self.next, self.main.and_then(|main| first_day(&main)), first_day(stamp))
        else {
            return false;
        };
        main <= next.day && days_between(main, next.day) <= STEP && days_between(next.day, here) > STEP
    }

    /// A month, day or season without a year, before the date that the story names next: of the year that keeps it
    /// between the two, where the story does not lie after that date.
    pub(super) fn before_next(&self, name: Name) -> Option<Stamp> {
        let next = self.next.filter(|_| self.narrative)?;
        if !matches!(name, Name::Month(_) | Name::Day(Some(_), _) | Name::Season(_)) {
            return None;
        }
        let story = self.story.filter(|story| !matches!(story.place, Place::Year | Place::Half(_)))?;
        let day = first_day(&story).filter(|day| *day <= next.day)?;
        let (past, future) = self.round(name, day)?;
        let fits = first_day(&future)? <= next.day;
        let is_nearer = days_between(day, first_day(&future)?) < days_between(first_day(&past)?, day);
        let goes_on = if self.goes_on(name, &past, &future, day) {
            fits || is_nearer
        } else {
            fits && is_nearer && days_between(day, next.day) <= STEP
        };
        Some(if goes_on { future } else { past })
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
