//! Tells who is "the defendant" and "the witness" of a hearing, and whose voice "THE COURT" is.

use super::labels::is_label;
use super::reading::Reading;
use super::resolve::State;
use super::{ActorKind, MentionKind};

/// The family of "the defendant" and "the accused".
pub(super) const DEFENDANT: &str = "defendant";
/// The family of "the witness".
pub(super) const WITNESS: &str = "witness";

/// "THE COURT:" of a transcript is its judge.
pub(super) fn is_bench(reading: &Reading<'_>, token: usize) -> bool {
    reading.lower(token) == "court"
        && is_label(reading, token)
        && reading.tokens.get(token + 1).is_some_and(|colon| colon.lemma == ":")
}

impl State<'_> {
    /// The one person of a report who denies or is charged is "the defendant".
    pub(super) fn defendant(&mut self) {
        let reading = self.walk.reading;
        let charged = |i: usize| {
            let head = self.walk.found[i].head;
            let verb = reading.lemma(reading.head(head));
            let told = matches!(&*verb, "accuse" | "acquit" | "charge" | "convict" | "indict" | "sentence");
            let answers = matches!(&*verb, "deny" | "plead");
            let clause = || reading.children(reading.head(head)).any(|child| reading.dep(child) == "ccomp");
            reading.dep(head) == "nsubj" && answers && !clause() || reading.dep(head) == "nsubjpass" && told
        };
        if let Some(one) = self.only(charged) {
            self.is_one(one, DEFENDANT);
        }
    }

    /// The one person who gives evidence is "the witness": who is sworn or questioned, or else who tells the court.
    pub(super) fn witness(&mut self) {
        let one = self.only(|i| self.is_heard(i)).or_else(|| self.only(|i| self.tells_court(i)));
        // "The star witness told jurors" before anybody is named: that one.
        let reading = self.walk.reading;
        let first = self
            .walk
            .found
            .iter()
            .find(|found| found.kind == MentionKind::Nominal && reading.lemma(found.head) == WITNESS);
        let named = |one: &usize| {
            let name = self.done.actors[*one].name.map(|name| self.walk.found[name].head);
            first.zip(name).is_none_or(|(first, name)| name < first.head)
        };
        if let Some(one) = one.filter(named) {
            self.is_one(one, WITNESS);
        }
    }

    /// The one person of whom this is told outside quotation marks.
    fn only(&self, told: impl Fn(usize) -> bool) -> Option<usize> {
        let told = |i: &usize| !self.walk.reading.in_marks(self.walk.found[*i].head) && told(*i);
        let people = (0..self.walk.found.len()).filter(told).filter_map(|i| self.done.links[i]);
        let mut people = people.filter(|one| self.done.actors[*one].name.is_some());
        let one = people.next()?;
        people.all(|other| other == one).then_some(one)
    }

    /// Gives a person an office of the hearing, where the report speaks of one.
    fn is_one(&mut self, one: usize, family: &str) {
        let reading = self.walk.reading;
        let accused = |token| family == DEFENDANT && reading.lower(token) == "accused";
        let spoken_of =
            (0..reading.tokens.len()).any(|token| reading.lemma(token) == family || accused(token));
        let actor = &mut self.done.actors[one];
        let known = actor.families.iter().any(|other| other == family);
        if spoken_of && actor.kind == ActorKind::Person && !known {
            actor.families.push(family.to_owned());
        }
    }

    /// "Ana Ruiz, sworn", "Ruiz testified", "Ruiz was questioned by", "the evidence of Ana Ruiz".
    fn is_heard(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let verb = reading.head(found.head);
        let lemma = reading.lemma(verb);
        let gives = || {
            lemma == "give" && reading.children(verb).any(|object| reading.lower(object) == "evidence")
                || lemma == "take" && reading.children(verb).any(|object| reading.lower(object) == "stand")
        };
        let examined = || matches!(&*lemma, "cross-examine" | "examine" | "question" | "swear");
        let evidence = || {
            matches!(reading.lower(verb), "of" | "from")
                && matches!(reading.lower(reading.head(verb)), "evidence" | "testimony")
        };
        let line = || {
            let after = |at: usize| reading.tokens.get(found.end + at).map(|token| token.norm.as_str());
            found.kind == MentionKind::Name
                && after(0) == Some(",")
                && matches!(after(1), Some("affirmed" | "recalled" | "sworn"))
        };
        let heard = match reading.dep(found.head) {
            "nsubj" => lemma == "testify" || gives(),
            "nsubjpass" => examined(),
            "pobj" => evidence(),
            _ => false,
        };
        heard || line()
    }

    /// "Ruiz told jurors": not counsel, who tell them too.
    fn tells_court(&self, i: usize) -> bool {
        const COURTS: [&str; 7] = ["court", "hearing", "inquest", "inquiry", "juror", "jury", "tribunal"];
        const LEGAL: [&str; 6] = ["attorney", "counsel", "judge", "lawyer", "magistrate", "prosecutor"];
        let reading = self.walk.reading;
        let head = self.walk.found[i].head;
        let verb = reading.head(head);
        let told = |child: usize| {
            matches!(reading.dep(child), "dobj" | "dative") && COURTS.contains(&&*reading.lemma(child))
        };
        let legal = || {
            let actor = self.done.links[i].map(|actor| &self.done.actors[actor]);
            actor.is_some_and(|actor| actor.families.iter().any(|family| LEGAL.contains(&family.as_str())))
        };
        reading.dep(head) == "nsubj"
            && reading.lemma(verb) == "tell"
            && reading.children(verb).any(told)
            && !legal()
    }
}
