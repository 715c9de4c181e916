//! What the ranker sees of a pronoun or description and of each actor that it may stand for.

use super::actors::Actor;
use super::lexicon::{Gender, Lexicon};
use super::ranker::{AnaphorKind, FEATURE_COUNT, Feature, Features};
use super::reading::Reading;
use super::{ActorKind, Found, MentionKind};

/// How many actors a pronoun may stand for; those spoken of last come first.
const MOST: usize = 12;
/// How many sentences back they may be.
const FURTHEST: usize = 10;

/// An actor that a pronoun may stand for, through its mention nearest to the pronoun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) actor: usize,
    pub(super) mention: usize,
}

/// The actors as they stand when the reading has come to a pronoun.
pub(super) struct Scene<'s> {
    pub(super) reading: &'s Reading<'s>,
    pub(super) lexicon: &'s Lexicon,
    pub(super) found: &'s [Found],
    pub(super) actors: &'s [Actor],
    /// Actors by their last mention, the latest at the end.
    pub(super) recent: &'s [usize],
    /// The last mention of each actor and how many there were.
    pub(super) last: &'s [Option<usize>],
    pub(super) count: &'s [u32],
    /// Whether each actor was spoken of outside quotation marks.
    pub(super) told: &'s [bool],
    /// The actor of each mention, as far as it is known.
    pub(super) links: &'s [Option<usize>],
    /// Who said something last, as the story tells it.
    pub(super) speaker: Option<usize>,
    /// The subject that follows in the same sentence, with its actor: "In her speech, Ruiz ...".
    pub(super) later: Option<Candidate>,
    /// Whose turn of a transcript it is: "I", not "he".
    pub(super) turn: Option<usize>,
}

/// The kind of a pronoun; `None` when it is not for the ranker.
pub(super) fn pronoun_kind(reading: &Reading<'_>, found: &Found) -> Option<AnaphorKind> {
    match reading.lower(found.head) {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => Some(AnaphorKind::Person),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(AnaphorKind::Plural),
        "it" | "its" | "itself" => Some(AnaphorKind::Thing),
        _ => None,
    }
}

impl Scene<'_> {
    /// The actors that a pronoun or description may stand for.
    pub(super) fn candidates(&self, i: usize, kind: AnaphorKind) -> Vec<Candidate> {
        let pronoun = &self.found[i];
        let here = self.reading.sentence(pronoun.head);
        let voice = self.voice(i);
        let mut candidates: Vec<Candidate> = self
            .recent
            .iter()
            .rev()
            .filter_map(|actor| Some(Candidate { actor: *actor, mention: self.last_before(i, *actor)? }))
            .take_while(|candidate| {
                self.reading.sentence(self.found[candidate.mention].head) + FURTHEST >= here
            })
            .filter(|candidate| {
                self.compatible(pronoun, kind, *candidate)
                    && !self.around(pronoun, candidate.mention)
                    && (kind == AnaphorKind::Thing || !self.speaks_of(i, candidate.actor))
                    && voice != Some(candidate.actor)
            })
            .take(MOST)
            .collect();
        if let Some(later) = self.later
            && self.compatible(pronoun, kind, later)
            && !self.around(pronoun, later.mention)
            && !self.quotes_of(i, later.mention)
            && candidates.iter().all(|candidate| candidate.actor != later.actor)
        {
            candidates.push(later);
        }
        candidates
    }

    /// “They asked me,” the swimmer said: "they" are not who says so.
    fn quotes_of(&self, i: usize, later: usize) -> bool {
        let (quoted, head) = (self.found[i].head, self.found[later].head);
        self.reading.in_marks(quoted) && !self.reading.in_marks(head) && self.speaks(head)
    }

    /// The last mention of an actor in front of another. Who speaks is known before whom the quotation speaks of.
    fn last_before(&self, i: usize, actor: usize) -> Option<usize> {
        let last = self.last[actor]?;
        if last < i {
            return Some(last);
        }
        let here = self.reading.sentence(self.found[i].head);
        let near = |other: &usize| self.reading.sentence(self.found[*other].head) + FURTHEST >= here;
        (0..i).rev().take_while(near).find(|other| self.links[*other] == Some(actor))
    }

    pub(super) fn compatible(&self, pronoun: &Found, kind: AnaphorKind, candidate: Candidate) -> bool {
        if self.turn == Some(candidate.actor) {
            return false;
        }
        let actor = &self.actors[candidate.actor];
        match kind {
            AnaphorKind::Person | AnaphorKind::Description => {
                matches!(actor.kind, ActorKind::Person | ActorKind::Unknown)
                    && !actor.plural
                    && actor.gender.agrees(pronoun.gender)
            }
            AnaphorKind::Plural => {
                actor.plural
                    || matches!(actor.kind, ActorKind::Group | ActorKind::Organisation)
                    || actor.name.is_none() && actor.gender == Gender::Unknown
            }
            AnaphorKind::Thing | AnaphorKind::Body => actor.kind == ActorKind::Organisation,
        }
    }

    /// "“Ruiz must go,” she said" and "“She must go,” Ruiz said": nobody speaks of herself by name or as "she". And whom only
    /// an earlier paragraph's quotation spoke of is nobody in the story.
    pub(super) fn speaks_of(&self, i: usize, actor: usize) -> bool {
        const NEAR: usize = 24;
        let (reading, pronoun) = (self.reading, self.found[i].head);
        let quoted = reading.quoted(pronoun);
        let near = i.saturating_sub(NEAR)..self.found.len().min(i + NEAR);
        let says = |head: usize| self.says(head);
        if !quoted && !self.told[actor] {
            let last = self.last[actor].map(|last| reading.paragraph(self.found[last].head));
            if last.is_some_and(|last| last < reading.paragraph(pronoun)) {
                return true;
            }
        }
        // "Ruiz is campaigning. She says: “It is not Ruiz.”"
        let goes_on = near.clone().filter(|other| self.links[*other] == Some(actor)).any(|other| {
            let head = self.found[other].head;
            !reading.quoted(head)
                && is_subject(reading.dep(head))
                && reading.sentence(head) + 1 == reading.sentence(pronoun)
        });
        if !quoted && goes_on {
            return false;
        }
        let alone = quoted
            && !near.clone().any(|other| {
                let head = self.found[other].head;
                reading.sentence(head) == reading.sentence(pronoun) && says(head)
            });
        near.filter(|other| self.links[*other] == Some(actor))
            .filter(|other| {
                let head = self.found[*other].head;
                reading.sentence(head) == reading.sentence(pronoun)
                    || alone && reading.passage(head) == reading.passage(pronoun)
            })
            .any(|other| {
                let head = self.found[other].head;
                let third = match self.found[other].kind {
                    MentionKind::Name | MentionKind::Nominal => true,
                    MentionKind::Pronoun => pronoun_kind(reading, &self.found[other]).is_some(),
                };
                if quoted { says(head) } else { says(pronoun) && third && reading.quoted(head) }
            })
    }

    /// "his wife" is not "his", and "her best pal Ana Ruiz" not "her".
    fn around(&self, pronoun: &Found, mention: usize) -> bool {
        let mention = &self.found[mention];
        let role = mention.role.is_some_and(|role| role.contains(pronoun.span));
        role || mention.first <= pronoun.first && pronoun.end <= mention.end && mention.head != pronoun.head
    }

    /// The features of all candidates, and last those of "nobody".
    pub(super) fn features(&self, i: usize, candidates: &[Candidate]) -> Vec<Features> {
        let most = candidates.iter().map(|candidate| self.count[candidate.actor]).max().unwrap_or_default();
        let first = candidates.iter().map(|candidate| candidate.actor).min();
        let mut all: Vec<Features> = candidates
            .iter()
            .enumerate()
            .map(|(place, candidate)| {
                let mut features = Row::default();
                self.place(&mut features, i, *candidate);
                self.wording(&mut features, *candidate);
                self.relation(&mut features, i, *candidate);
                self.quotation(&mut features, i, *candidate);
                features.flag(Feature::Nearest, place == 0);
                features.flag(Feature::MostOften, self.count[candidate.actor] == most);
                features.flag(Feature::FirstNamed, Some(candidate.actor) == first);
                features.flag(Feature::OnlyOne, candidates.len() == 1);
                self.story(&mut features, i, *candidate);
                features.flag(Feature::FirstInSentence, self.is_first_in_sentence(candidates, *candidate));
                features.0
            })
            .collect();
        all.push(self.nobody(i, candidates));
        all
    }

    fn place(&self, features: &mut Row, i: usize, candidate: Candidate) {
        let (pronoun, mention) = (&self.found[i], &self.found[candidate.mention]);
        if candidate.mention > i {
            features.flag(Feature::ComesLater, true);
            return;
        }
        let sentences =
            self.reading.sentence(pronoun.head).saturating_sub(self.reading.sentence(mention.head));
        features.flag(Feature::SameSentence, sentences == 0);
        features.flag(Feature::PreviousSentence, sentences == 1);
        features.flag(Feature::TwoSentencesBack, sentences == 2);
        if sentences > 2 {
            features.set(Feature::FurtherBack, (sentences as f32 - 1.0).ln());
        }
        features.set(Feature::Distance, (pronoun.head.saturating_sub(mention.head) as f32).ln_1p() / 5.0);
        let other = self.reading.paragraph(pronoun.head) != self.reading.paragraph(mention.head);
        features.flag(Feature::OtherParagraph, other);
    }

    fn wording(&self, features: &mut Row, candidate: Candidate) {
        let mention = &self.found[candidate.mention];
        let actor = &self.actors[candidate.actor];
        features.flag(Feature::Pronoun, mention.kind == MentionKind::Pronoun);
        features.flag(Feature::Nominal, mention.kind == MentionKind::Nominal);
        let article = self.reading.lower(mention.first);
        features
            .flag(Feature::Indefinite, mention.kind == MentionKind::Nominal && matches!(article, "a" | "an"));
        features.flag(
            Feature::FullName,
            mention.kind == MentionKind::Name && self.reading.words(mention.first, mention.end) > 1,
        );
        features.flag(Feature::Unnamed, actor.name.is_none());
        features.set(Feature::Often, (self.count[candidate.actor] as f32).ln_1p());
        features.flag(Feature::GenderKnown, actor.gender != Gender::Unknown);
        features.flag(Feature::IsGroup, actor.kind == ActorKind::Group);
        features.flag(Feature::IsOrganisation, actor.kind == ActorKind::Organisation);
        features.flag(Feature::IsPerson, actor.kind == ActorKind::Person);
    }

    fn relation(&self, features: &mut Row, i: usize, candidate: Candidate) {
        let (pronoun, mention) = (self.found[i].head, self.found[candidate.mention].head);
        let reading = self.reading;
        let (of_pronoun, of_mention) = (reading.dep(pronoun), reading.dep(mention));
        let subject = is_subject(of_mention);
        features.flag(Feature::Subject, subject);
        features.flag(Feature::Object, matches!(of_mention, "dobj" | "dative"));
        features.flag(Feature::AfterPreposition, of_mention == "pobj");
        features.flag(Feature::Possessive, of_mention == "poss");
        features.flag(Feature::Apposition, of_mention == "appos");
        features.flag(Feature::Conjunct, of_mention == "conj");
        features.flag(Feature::BothSubjects, subject && is_subject(of_pronoun));
        features.flag(Feature::SameRelation, of_mention == of_pronoun);
        let reflexive =
            reading.lower(pronoun).ends_with("self") || reading.lower(pronoun).ends_with("selves");
        let one_verb = self.clause_verb(pronoun) == self.clause_verb(mention)
            && reading.sentence(pronoun) == reading.sentence(mention);
        let possessive = of_pronoun == "poss";
        features.flag(Feature::SameVerb, one_verb && !reflexive && !possessive);
        features.flag(Feature::ReflexiveOfSubject, one_verb && reflexive && subject);
        features.flag(Feature::PossessiveOfSubject, one_verb && possessive && subject);
        features.flag(Feature::Speaks, subject && self.speaks(mention));
        features
            .flag(Feature::Governs, subject && !one_verb && self.is_above(reading.head(mention), pronoun));
        features.flag(
            Feature::BothSpeak,
            subject && self.speaks(mention) && is_subject(of_pronoun) && self.speaks(pronoun),
        );
    }

    fn quotation(&self, features: &mut Row, i: usize, candidate: Candidate) {
        let (pronoun, mention) = (self.found[i].head, self.found[candidate.mention].head);
        let (in_quotation, candidate_in) = (self.reading.quoted(pronoun), self.reading.quoted(mention));
        features.flag(Feature::OnlyPronounQuoted, in_quotation && !candidate_in);
        features.flag(Feature::OnlyCandidateQuoted, !in_quotation && candidate_in);
        features.flag(Feature::BothQuoted, in_quotation && candidate_in);
        let speaks = is_subject(self.reading.dep(mention)) && self.speaks(mention);
        let near = self.reading.paragraph(pronoun) == self.reading.paragraph(mention);
        features.flag(Feature::QuotedSpeaker, in_quotation && !candidate_in && speaks && near);
    }

    /// What the story outside quotation marks tells: its subjects and its last speaker.
    fn story(&self, features: &mut Row, i: usize, candidate: Candidate) {
        let (pronoun, mention) = (self.found[i].head, self.found[candidate.mention].head);
        let reading = self.reading;
        if reading.quoted(pronoun) {
            return;
        }
        let main = |word: usize| is_subject(reading.dep(word)) && reading.dep(reading.head(word)) == "ROOT";
        let next = reading.sentence(mention) + 1 == reading.sentence(pronoun);
        features.flag(Feature::MainSubjects, next && main(pronoun) && main(mention));
        features.flag(Feature::QuotedOnly, !self.told[candidate.actor]);
        let last = self.speaker == Some(candidate.actor);
        features.flag(Feature::LastSpeaker, last);
        let speaks = is_subject(reading.dep(pronoun)) && self.speaks(pronoun);
        features.flag(Feature::LastSpeakerSpeaks, last && speaks);
    }

    fn is_first_in_sentence(&self, candidates: &[Candidate], candidate: Candidate) -> bool {
        let head = self.found[candidate.mention].head;
        let sentence = self.reading.sentence(head);
        candidates
            .iter()
            .map(|other| self.found[other.mention].head)
            .all(|other| other >= head || self.reading.sentence(other) != sentence)
    }

    fn nobody(&self, i: usize, candidates: &[Candidate]) -> Features {
        let pronoun = self.found[i].head;
        let reading = self.reading;
        let verb = reading.head(pronoun);
        let dep = reading.dep(pronoun);
        let mut features = Row::default();
        features.flag(Feature::Nobody, true);
        features.flag(Feature::NobodySpeaks, is_subject(dep) && self.speaks(pronoun));
        features.flag(Feature::NobodyBe, dep == "expl" || is_subject(dep) && reading.lemma(verb) == "be");
        features.flag(Feature::NobodyObject, matches!(dep, "dobj" | "pobj" | "dative"));
        features.flag(Feature::NobodyPossessive, dep == "poss");
        features.flag(Feature::NobodyQuoted, reading.quoted(pronoun));
        let near = candidates.iter().any(|candidate| {
            let head = self.found[candidate.mention].head;
            reading.sentence(head) + 1 >= reading.sentence(pronoun)
        });
        features.flag(Feature::NobodyNear, !near);
        features.0
    }

    /// Whether a word is the subject of a verb of saying in the story's own words.
    pub(super) fn says(&self, subject: usize) -> bool {
        !self.reading.quoted(subject) && is_subject(self.reading.dep(subject)) && self.speaks(subject)
    }

    pub(super) fn speaks(&self, subject: usize) -> bool {
        self.lexicon.is_speech(&self.reading.lemma(self.reading.head(subject)))
    }

    /// The verb of the clause that a word stands in.
    fn clause_verb(&self, word: usize) -> usize {
        const DEEPEST: usize = 12;
        let mut at = word;
        for _ in 0..DEEPEST {
            let head = self.reading.head(at);
            if head == at || matches!(self.reading.tokens[head].pos.as_str(), "VERB" | "AUX") {
                return head;
            }
            at = head;
        }
        at
    }

    /// Whether a word hangs, at any depth, on a verb.
    fn is_above(&self, verb: usize, word: usize) -> bool {
        (self.reading.left_edge(verb)..=self.reading.right_edge(verb)).contains(&word)
    }
}

pub(super) fn is_subject(dep: &str) -> bool {
    matches!(dep, "nsubj" | "nsubjpass")
}

/// Features being filled in.
pub(super) struct Row(pub(super) Features);

impl Default for Row {
    fn default() -> Self {
        Self([0.0; FEATURE_COUNT])
    }
}

impl Row {
    pub(super) fn flag(&mut self, feature: Feature, holds: bool) {
        if holds {
            self.set(feature, 1.0);
        }
    }

    fn set(&mut self, feature: Feature, value: f32) {
        self.0[feature as usize] = value;
    }
}
