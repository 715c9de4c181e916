//! Finds who "I" is in a report's own words: its author.

use super::candidates::is_subject;
use super::resolve::State;
use super::{ActorKind, Found, MentionKind};

/// Paragraphs at the top among which a line names the author.
const TOP: usize = 6;
/// Paragraphs at the end among which a note or a signature does.
const END: usize = 3;
/// Words of the longest line that names an author without a verb.
const LINE: usize = 14;

impl State<'_> {
    /// The author's mention and actor, for a pronoun: of the byline, of a line at the top, of a signature or note at the end;
    /// the first of these that names one person.
    pub(super) fn author(&self, pronoun: usize) -> Option<(usize, usize)> {
        if let Some(byline) = self.walk.reading.byline() {
            return self.named_in(byline);
        }
        self.one_of(|i, found| self.alone(found) || self.writes(found) || self.headed(i, found))
            .or_else(|| self.one_of(|i, found| i > pronoun && self.signs(found)))
            .or_else(|| self.one_of(|i, found| i > pronoun && self.noted(i, found)))
    }

    /// The one person whose name stands in such a place.
    fn one_of(&self, place: impl Fn(usize, &Found) -> bool) -> Option<(usize, usize)> {
        let mut people = self.walk.found.iter().enumerate().filter_map(|(i, found)| {
            let actor = self.done.links[i].filter(|_| found.kind == MentionKind::Name)?;
            let person = self.done.actors[actor].kind == ActorKind::Person
                && self.walk.reading.words(found.first, found.end) > 1;
            (person && place(i, found)).then_some((i, actor))
        });
        let one = people.next()?;
        people.all(|(_, actor)| actor == one.1).then_some(one)
    }

    /// A name alone in a paragraph at the top.
    fn alone(&self, found: &Found) -> bool {
        let reading = self.walk.reading;
        reading.paragraph(found.head) < TOP && reading.is_paragraph(found.first, found.end)
    }

    /// "…, writes Ana Ruiz", in the deck.
    fn writes(&self, found: &Found) -> bool {
        let reading = self.walk.reading;
        found.first.checked_sub(1).is_some_and(|before| {
            matches!(reading.lower(before), "writes" | "by") && reading.in_summary(before)
        })
    }

    /// A line at the top without a verb: "Ana Ruiz, columnist", "Ana Ruiz in Norvale", "Comment: Ana Ruiz". In the headline
    /// only "Ana Ruiz: The town deserves better" is one.
    fn headed(&self, i: usize, found: &Found) -> bool {
        let reading = self.walk.reading;
        let paragraph = reading.paragraph(found.head);
        let Some(line) = reading.line(found.head).filter(|line| paragraph < TOP && line.len() <= LINE) else {
            return false;
        };
        let colon = |token: Option<usize>| token.is_some_and(|token| reading.text(token) == ":");
        let opens = found.first == line.start;
        if paragraph == 0 {
            return opens && colon(Some(found.end).filter(|end| *end < line.end)) && self.is_alone_in_line(i);
        }
        let verb = line.clone().any(|token| {
            matches!(reading.tag(token), "VBD" | "VBZ" | "VBP" | "MD")
                && !(found.first..found.end).contains(&token)
        });
        let follows = reading
            .tokens
            .get(found.end)
            .is_some_and(|_| matches!(reading.lower(found.end), "," | "in" | "at" | "|" | "–" | "—"));
        let led = found.end == line.end
            && found
                .first
                .checked_sub(1)
                .is_some_and(|before| colon(Some(before)) || reading.lower(before) == "with");
        !verb && (opens && follows || led)
    }

    /// A name alone in one of the last paragraphs, or in brackets or behind a dash there.
    fn signs(&self, found: &Found) -> bool {
        let reading = self.walk.reading;
        let own = |token: usize| (found.first..found.end).contains(&token) || !reading.is_word(token);
        self.ends(found) && reading.line(found.head).is_some_and(|mut line| line.all(own))
    }

    /// "Ana Ruiz is a teacher in Norvale", at the end, where the story has not spoken of her.
    fn noted(&self, i: usize, found: &Found) -> bool {
        if !self.ends(found) {
            return false;
        }
        let reading = self.walk.reading;
        let verb = reading.head(found.head);
        let tells = is_subject(reading.dep(found.head)) && matches!(reading.tag(verb), "VBZ" | "VBD");
        let name = found
            .title
            .map_or(found.first, |title| reading.tokens.partition_point(|token| token.start < title.start));
        let opens = reading
            .line(found.head)
            .is_some_and(|line| !(line.start..name).any(|token| reading.is_word(token)));
        let story = self.walk.found[..i].iter().zip(&self.done.links);
        let mut named = story
            .filter(|(other, link)| other.kind == MentionKind::Name && **link == self.done.links[i])
            .filter(|(other, _)| reading.paragraph(other.head) < reading.paragraph(found.head));
        opens && tells && named.next().is_none()
    }

    /// Whether a name stands in one of the last paragraphs.
    fn ends(&self, found: &Found) -> bool {
        let reading = self.walk.reading;
        let last = reading.tokens.len().checked_sub(1).map_or(0, |last| reading.paragraph(last));
        reading.paragraph(found.head) + END > last && reading.paragraph(found.head) > 0
    }

    /// Whether nobody else's name stands in the line of a name.
    fn is_alone_in_line(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let line = |found: &Found| reading.paragraph(found.head);
        let here = line(&self.walk.found[i]);
        let others = self.walk.found.iter().zip(&self.done.links).filter(|(found, _)| line(found) == here);
        let mut others = others.filter(|(found, _)| found.kind == MentionKind::Name);
        others.all(|(_, link)| *link == self.done.links[i])
    }
}
