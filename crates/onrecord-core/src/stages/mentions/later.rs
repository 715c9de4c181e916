//! Finds, when all has been read, whom a description meant that came before the name.

use super::actors::Actor;
use super::candidates::is_subject;
use super::descriptions::Asked;
use super::lexicon::PersonClass;
use super::resolve::State;
use super::{ActorKind, MentionKind, nominals};
use crate::By;

impl State<'_> {
    /// "A senior commander said ..." and, in a next paragraph, "Tarek Olmo, commander of ..., made the remarks".
    pub(super) fn named_later(&mut self) {
        let mentions = self.mentions_of_actors();
        let related = self.related();
        for i in 0..self.walk.found.len() {
            let Some(actor) = self.done.links[i] else { continue };
            let named = self
                .relative_named(i, actor, &related)
                .map(|named| (named, "mention.relative-of"))
                .or_else(|| Some((self.holder_named_later(i, actor)?, "mention.named-later")))
                .or_else(|| Some((self.named_beside(i, actor)?, "mention.named-later")))
                .or_else(|| Some((self.introduced(i, actor, &mentions[actor])?, "mention.introduced")))
                .or_else(|| Some((self.speaks_next(i, actor)?, "mention.introduced")))
                .or_else(|| Some((self.only_holder(i, actor)?, "mention.named-later")))
                .or_else(|| Some((self.body_named_later(i, actor)?, "mention.named-later")));
            if let Some((named, rule)) = named
                && let Some(holder) = self.done.links[named]
            {
                if rule == "mention.introduced" {
                    self.takes_on(holder, i);
                }
                self.become_named(&mentions[actor], holder, named, rule);
            }
        }
        for name in 0..self.walk.found.len() {
            let Some(holder) = self.done.links[name] else { continue };
            let unnamed = self.named_by_itself(name).or_else(|| self.whose_name(name));
            if let Some(actor) = unnamed.or_else(|| self.gives_name(name)) {
                self.become_named(&mentions[actor], holder, name, "mention.introduced");
            }
        }
        for i in 0..self.walk.found.len() {
            if let Some(named) = self.announced(i)
                && let (Some(actor), Some(holder)) = (self.done.links[i], self.done.links[named])
            {
                self.become_named(&mentions[actor], holder, named, "mention.introduced");
            }
        }
        for i in 0..self.walk.found.len() {
            if let Some(named) = self.heralded(i)
                && let Some(holder) = self.done.links[named]
            {
                let known = &mut self.done.actors[holder];
                known.gender = known.gender.or(self.walk.found[i].gender);
                self.done.sure[i] = true;
                self.become_named(&[i], holder, named, "mention.introduced");
            }
        }
    }

    /// "The woman at the till says so. Her name is Ana Ruiz": the unnamed actor whose name that is.
    fn whose_name(&self, name: usize) -> Option<usize> {
        let owner = self.walk.at[self.possessive_of(name)?].and_then(|owner| self.done.links[owner]);
        if let Some(owner) = owner.filter(|owner| self.done.actors[*owner].name.is_none()) {
            return Some(owner);
        }
        let here = self.walk.reading.sentence(self.walk.found[name].head);
        let before = (0..name)
            .rev()
            .take_while(|other| self.walk.reading.sentence(self.walk.found[*other].head) + 1 >= here);
        let unnamed = |other: usize| {
            let found = &self.walk.found[other];
            let actor = self.done.links[other]?;
            let person =
                found.kind == MentionKind::Nominal && found.actor == ActorKind::Person && !found.plural;
            (person && self.done.actors[actor].name.is_none()).then_some(actor)
        };
        before.into_iter().find_map(unnamed)
    }

    /// "A nurse who gave only her first name, Ana, said": the unnamed actor who says what to call her.
    fn gives_name(&self, name: usize) -> Option<usize> {
        const FARTHEST: usize = 10;
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let before = (found.first.saturating_sub(FARTHEST)..found.first).rev();
        let who = before.take_while(|token| *token > 0).find(|token| reading.tag(*token) == "WP")?;
        let words = (who + 1..found.first).filter(|token| reading.is_word(*token));
        let words: Vec<&str> = words.map(|token| reading.lower(token)).collect();
        let told = match words.as_slice() {
            ["gave" | "gives", middle @ .., "name"] | ["gave" | "gives", middle @ .., "name", "as"] => {
                middle.len() <= 3 && middle.iter().any(|word| matches!(*word, "her" | "his" | "their"))
            }
            ["gave" | "gives", _, "name", "only" | "just", "as"] => true,
            ["goes" | "went", "by"] | ["goes" | "went", "by", "the", "name", "of"] => true,
            ["asked" | "wanted", .., "called" | "as"] | ["identified", .., "as"] => words.len() <= 6,
            _ => false,
        };
        let actor = self.done.links[self.walk.at[who].filter(|_| told)?]?;
        let unnamed = self.done.actors[actor].name.is_none() && found.kind == MentionKind::Name;
        unnamed.then_some(actor)
    }

    /// The possessive of "her name is Ana Ruiz".
    fn possessive_of(&self, name: usize) -> Option<usize> {
        let reading = self.walk.reading;
        let found = &self.walk.found[name];
        let verb = reading.head(found.head);
        let told = found.kind == MentionKind::Name
            && reading.dep(found.head) == "attr"
            && reading.lemma(verb) == "be";
        let subject = reading.children(verb).find(|child| reading.dep(*child) == "nsubj").filter(|_| told)?;
        let mut children = reading.children(subject).filter(|_| reading.lower(subject) == "name");
        children.find(|child| matches!(reading.lower(*child), "her" | "his"))
    }

    /// Whether the next sentence says what somebody is called.
    pub(super) fn is_named_in_next(&self, i: usize) -> bool {
        let walk = self.walk;
        let next = walk.reading.sentence(walk.found[i].head) + 1;
        walk.found[i].actor == ActorKind::Person
            && (i + 1..walk.found.len())
                .take_while(|later| walk.reading.sentence(walk.found[*later].head) <= next)
                .filter(|later| walk.reading.sentence(walk.found[*later].head) == next)
                .any(|later| self.possessive_of(later).is_some())
    }

    /// “I knew it,” she said. Ana Ruiz, 41, was a nurse: a story may open with the words of somebody whom the next paragraph
    /// names, where nobody stands before whom the pronoun could mean.
    fn heralded(&self, i: usize) -> Option<usize> {
        const PARAGRAPHS: usize = 2;
        const AHEAD: usize = 40;
        let reading = self.walk.reading;
        let pronoun = &self.walk.found[i];
        let unknown = self.done.links[i].is_none()
            && matches!(reading.lower(pronoun.head), "he" | "she")
            && !reading.in_marks(pronoun.head)
            && reading.in_body(pronoun.head)
            && self.says(pronoun.head);
        let person = |other: &usize| {
            let found = &self.walk.found[*other];
            let actor = self.done.links[*other].map(|actor| &self.done.actors[actor]);
            let kind = actor.map_or(found.actor, |actor| actor.kind);
            let gender = actor.map_or(found.gender, |actor| actor.gender);
            matches!(kind, ActorKind::Person | ActorKind::Unknown)
                && gender.agrees(pronoun.gender)
                && found.kind != MentionKind::Pronoun
        };
        if !unknown || (0..i).any(|other| person(&other)) {
            return None;
        }
        let here = reading.paragraph(pronoun.head);
        let named = (i + 1..self.walk.found.len())
            .take(AHEAD)
            .filter(|later| !reading.in_marks(self.walk.found[*later].head))
            .take_while(|later| reading.paragraph(self.walk.found[*later].head) <= here + PARAGRAPHS)
            .find(person)?;
        let found = &self.walk.found[named];
        let whole = self.names_person(named) && reading.words(found.first, found.end) > 1;
        (whole && reading.paragraph(found.head) > here && self.is_in_subject(found.head)).then_some(named)
    }

    fn mentions_of_actors(&self) -> Vec<Vec<usize>> {
        let mut mentions = vec![Vec::new(); self.done.actors.len()];
        for (i, link) in self.done.links.iter().enumerate() {
            if let Some(actor) = *link {
                mentions[actor].push(i);
            }
        }
        mentions
    }

    /// The mention that names, soon after, the holder of the office of an unnamed actor's description.
    fn holder_named_later(&self, i: usize, actor: usize) -> Option<usize> {
        const PARAGRAPHS: usize = 3;
        const PARAGRAPHS_AFTER_HEADLINE: usize = 8;
        const AHEAD: usize = 120;
        let walk = self.walk;
        let found = &walk.found[i];
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && self.done.actors[actor].name.is_none();
        let asked = Some(self.asked(i)).filter(|_| unnamed && found.description.is_some())?;
        let last = self.last[actor].map_or(i, |last| last.max(i));
        let summary = walk.reading.in_summary(found.head);
        let until = walk.reading.paragraph(walk.found[last].head)
            + if summary { PARAGRAPHS_AFTER_HEADLINE } else { PARAGRAPHS };
        (last + 1..walk.found.len())
            .take(AHEAD)
            .take_while(|later| walk.reading.paragraph(walk.found[*later].head) <= until)
            .find(|later| self.introduces(*later, last, &asked))
    }

    /// "Its director said so" and, further down, "the director, Ana Ruiz": an article tells of somebody who was there before.
    fn named_beside(&self, i: usize, actor: usize) -> Option<usize> {
        const AHEAD: usize = 400;
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && !found.plural
            && self.done.actors[actor].name.is_none();
        let lemma = Some(self.asked(i).lemma).filter(|lemma| unnamed && !lemma.starts_with("spokes"))?;
        // Nobody is his own father.
        let owner = walk.at[found.first].filter(|owner| *owner != i).and_then(|owner| self.done.links[owner]);
        let told = |later: &usize| {
            let name = &walk.found[*later];
            let role = name.role.filter(|role| role.end <= name.span.start);
            let (Some(role), Some(holder)) = (role, self.done.links[*later]) else { return false };
            let tokens = reading.tokens_in(role);
            let first = tokens.start;
            let known = matches!(reading.tag(first), "DT" | "PRP$")
                && !matches!(reading.tokens[first].norm.as_str(), "a" | "an");
            tokens.len() == 2
                && known
                && nominals::head_lemma(reading, first + 1) == lemma
                && self.done.actors[holder].name == Some(*later)
                && owner != Some(holder)
                && self.done.actors[holder].gender.agrees(found.gender)
        };
        let mut named = (i + 1..walk.found.len()).take(AHEAD).filter(told);
        named.next().filter(|_| named.next().is_none())
    }

    /// "The mayor says money is short" and, further down, "Mayor Ana Ruiz": the one whom the report names with the office.
    fn only_holder(&self, i: usize, actor: usize) -> Option<usize> {
        let walk = self.walk;
        let found = &walk.found[i];
        let the = walk.reading.tokens[found.first].norm == "the";
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && self.done.actors[actor].name.is_none();
        let asked = Some(self.asked(i)).filter(|_| unnamed && the && found.description.is_some())?;
        let office = walk.lexicon.is_office(&asked.lemma) && !walk.lexicon.is_generic(&asked.lemma);
        if !office || asked.lemma.starts_with("spokes") {
            return None;
        }
        let mut holders = self.done.actors.iter().filter(|known| {
            known.kind == ActorKind::Person
                && known.name.is_some()
                && known.families.contains(&asked.family)
                && !known.described.iter().any(|word| walk.lexicon.is_past(word))
        });
        let known = holders.next()?;
        let fits = known.gender.agrees(found.gender)
            && asked.modifiers.iter().all(|word| known.described.contains(word));
        (fits && holders.next().is_none()).then_some(known.name?)
    }

    /// "The transport authority" and, further down, "the Metropolitan Transport Authority": the one body in whose name the
    /// words stand.
    fn body_named_later(&self, i: usize, actor: usize) -> Option<usize> {
        let walk = self.walk;
        let found = &walk.found[i];
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Organisation
            && walk.reading.tokens[found.first].norm == "the"
            && self.done.actors[actor].name.is_none();
        // "The Library" has a capital of its own.
        let capital = walk.reading.capital(found.head) && walk.reading.in_body(found.head);
        let asked =
            Some(self.asked(i)).filter(|asked| unnamed && (capital || !asked.modifiers.is_empty()))?;
        let mut bodies = self.done.actors.iter().filter(|known| {
            known.kind == ActorKind::Organisation
                && known.name.is_some()
                && known.words.contains(&asked.lemma)
                && asked.modifiers.iter().all(|word| known.words.contains(word))
        });
        let known = bodies.next()?;
        known.name.filter(|_| bodies.next().is_none())
    }

    /// Whether a mention names the holder of an office in full for the first time, as somebody who does something.
    fn introduces(&self, later: usize, after: usize, asked: &Asked) -> bool {
        let walk = self.walk;
        let found = &walk.found[later];
        let Some(actor) = self.done.links[later].filter(|_| found.kind == MentionKind::Name) else {
            return false;
        };
        let known = &self.done.actors[actor];
        known.name == Some(later)
            && found.actor == ActorKind::Person
            && walk.reading.paragraph(found.head) > walk.reading.paragraph(walk.found[after].head)
            && known.gender.agrees(walk.found[after].gender)
            && known.families.contains(&asked.family)
            && self.told_apart(after, asked, &known.described).is_none()
            && self.is_in_subject(found.head)
    }

    /// A noun of a description that an actor's own do not have: "the finance minister" is no interior minister.
    fn told_apart(&self, i: usize, asked: &Asked, described: &[String]) -> Option<usize> {
        let found = &self.walk.found[i];
        (found.first..found.head).find(|token| {
            let word = self.walk.names.fold(self.walk.reading.text(*token));
            self.walk.reading.tag(*token).starts_with("NN")
                && asked.modifiers.contains(&word)
                && !described.contains(&word)
        })
    }

    /// "A former engineer told the court ..." and, in the next paragraph, "Ana Ruiz, 41, said": the first person who is
    /// named after an unnamed one has opened the story is that person, unless something else is told of her.
    fn introduced(&self, i: usize, actor: usize, mentions: &[usize]) -> Option<usize> {
        const PARAGRAPHS: usize = 2;
        const AHEAD: usize = 40;
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let opens = reading.paragraph(found.head) <= self.lede() && is_subject(reading.dep(found.head));
        let new = matches!(reading.tokens[found.first].norm.as_str(), "a" | "an");
        let unnamed = found.kind == MentionKind::Nominal
            && found.actor == ActorKind::Person
            && self.done.actors[actor].name.is_none()
            && (new || self.is_only_office(i) || opens && self.is_told_at_length(i));
        // Nobody names a spokesman afterwards.
        let speaks_for = self.asked(i).lemma.starts_with("spokes");
        if !unnamed || speaks_for || !opens && new && !self.tells(found.head) {
            return None;
        }
        let last = mentions
            .iter()
            .copied()
            .filter(|other| reading.paragraph(walk.found[*other].head) <= self.lede())
            .max()
            .unwrap_or(i);
        let until = reading.paragraph(found.head) + PARAGRAPHS;
        let named = (i + 1..walk.found.len())
            .take(AHEAD)
            .take_while(|later| reading.paragraph(walk.found[*later].head) <= until)
            .find(|later| self.names_person(*later))?;
        let holder = self.done.links[named]?;
        let known = &self.done.actors[holder];
        let first = known.name == Some(named) || self.first_in_story(holder) == Some(named);
        // In the midst of the story it is who speaks in the next sentence.
        let next = || {
            let head = walk.found[named].head;
            self.says(head) && reading.sentence(head) == reading.sentence(found.head) + 1
        };
        let office = known.families.iter().any(|family| walk.lexicon.is_office(family));
        let fits = first
            && (opens || next())
            && walk.reading.words(walk.found[named].first, walk.found[named].end) > 1
            && named > last
            && (known.families.is_empty()
                || opens
                    && (new && self.are_both_kin(i, known)
                        || known.age.is_some() && self.goes_on(i, named) && !office))
            && known.gender.agrees(self.done.actors[actor].gender)
            && (!opens
                || reading.paragraph(walk.found[named].head) > reading.paragraph(found.head)
                || next())
            && self.is_in_subject(walk.found[named].head);
        fits.then_some(named)
    }

    /// "The contractor says that it is too late." and, in the next paragraph, “We tried,” said Ana Ruiz: the one whose words
    /// follow, where she is new and nothing speaks against it; and so of a body with which the story opens.
    fn speaks_next(&self, i: usize, actor: usize) -> Option<usize> {
        const AHEAD: usize = 40;
        let walk = self.walk;
        let reading = walk.reading;
        let found = &walk.found[i];
        let here = reading.paragraph(found.head);
        let opens = here <= self.lede();
        let unnamed = found.kind == MentionKind::Nominal
            && !found.plural
            && self.done.actors[actor].name.is_none()
            && self.last[actor].is_none_or(|last| reading.paragraph(walk.found[last].head) <= here);
        if !unnamed || !self.says(found.head) || !reading.in_body(found.head) {
            return None;
        }
        let said = |later: &usize| {
            let head = walk.found[*later].head;
            let apart = reading.paragraph(head) == here + 1
                || reading.paragraph(head) == here && reading.sentence(head) > reading.sentence(found.head);
            apart && self.says(head)
        };
        let named = (i + 1..walk.found.len())
            .take(AHEAD)
            .take_while(|later| reading.paragraph(walk.found[*later].head) <= here + 1)
            .find(said)
            .filter(|named| walk.found[*named].kind == MentionKind::Name)?;
        let opening = reading.sentences.get(reading.sentence(walk.found[named].head))?.tokens().start;
        let holder = self.done.links[named]?;
        let known = &self.done.actors[holder];
        let whole = reading.words(walk.found[named].first, walk.found[named].end) > 1;
        let new = known.name == Some(named) || self.first_in_story(holder) == Some(named);
        // The parse may end the sentence with the quotation.
        let quotes = (opening.saturating_sub(2)..opening + 2).any(|token| reading.in_marks(token));
        if known.kind != found.actor || known.place || !whole || !new || !quotes {
            return None;
        }
        let asked = self.asked(i);
        if found.actor == ActorKind::Organisation {
            return Some(named).filter(|_| opens && self.may_be(holder, &asked.lemma));
        }
        let lexicon = walk.lexicon;
        let kin = |noun: &str| lexicon.person(noun).is_some_and(|noun| noun.class == PersonClass::Kin);
        let open = |family: &String| kin(family) || lexicon.is_generic(family) || *family == asked.family;
        let fits = known.gender.agrees(found.gender)
            && !asked.lemma.starts_with("spokes")
            && (opens || reading.paragraph(walk.found[named].head) == here && self.is_told_of(i))
            && (kin(&asked.lemma) || known.families.iter().all(open));
        fits.then_some(named)
    }

    /// "The skipper", "one resident", "its leader": somebody whose name may follow.
    fn is_told_of(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        let owned = || {
            let office = self.walk.lexicon.is_office(&self.asked(i).lemma);
            reading.tag(found.first) == "PRP$" && office
        };
        self.is_definite(i) || reading.tokens[found.first].norm == "one" || owned()
    }

    /// Whether a name begins the paragraph below a description.
    fn goes_on(&self, i: usize, named: usize) -> bool {
        let reading = self.walk.reading;
        let (here, below) = (self.walk.found[i].head, &self.walk.found[named]);
        reading.paragraph(below.head) == reading.paragraph(here) + 1
            && reading.line(below.head).is_some_and(|line| line.start == below.first)
    }

    /// "A fearless gran told …" and "Widow Ana Ruiz came down": neither word is an office that the other could not hold.
    fn are_both_kin(&self, i: usize, known: &Actor) -> bool {
        let lexicon = self.walk.lexicon;
        let kin = |noun: &str| lexicon.person(noun).is_some_and(|noun| noun.class == PersonClass::Kin);
        kin(&self.asked(i).lemma) && known.families.iter().all(|family| kin(family))
    }

    /// Whether the next sentence is about somebody who is named for the first time: "The coroner found so. Gideon Plant said".
    pub(super) fn is_named_next(&self, i: usize) -> bool {
        let walk = self.walk;
        let here = walk.reading.sentence(walk.found[i].head);
        (i + 1..walk.found.len())
            .take_while(|later| walk.reading.sentence(walk.found[*later].head) <= here + 1)
            .filter(|later| {
                walk.reading.sentence(walk.found[*later].head) == here + 1 && self.names_person(*later)
            })
            .any(|later| {
                let holder = self.done.links[later];
                let known = holder.map(|holder| &self.done.actors[holder]);
                let first = holder.and_then(|holder| self.first_in_story(holder)) == Some(later);
                first
                    && walk.reading.words(walk.found[later].first, walk.found[later].end) > 1
                    && known.is_some_and(|known| known.families.is_empty())
                    && self.says(walk.found[later].head)
            })
    }

    /// Whether somebody says something or is the one by whom it is told: "was told by a surveyor".
    fn tells(&self, head: usize) -> bool {
        let reading = self.walk.reading;
        let by = reading.head(head);
        let agent = reading.dep(head) == "pobj"
            && reading.dep(by) == "agent"
            && self.walk.lexicon.is_speech(&reading.lemma(reading.head(by)));
        self.says(head) || agent || reading.is_according(head)
    }

    /// "The widow of a headteacher who drowned has told": nobody is known by such words yet.
    fn is_told_at_length(&self, i: usize) -> bool {
        let reading = self.walk.reading;
        let found = &self.walk.found[i];
        reading.tokens[found.first].norm == "the"
            && nominals::phrase_end(reading, found.head) > found.end
            && self.says(found.head)
    }

    /// Whether a description tells an office that nobody with a name holds: "the city's works director".
    fn is_only_office(&self, i: usize) -> bool {
        let asked = self.asked(i);
        let lexicon = self.walk.lexicon;
        let held = |known: &Actor| known.name.is_some() && known.families.contains(&asked.family);
        let generic = lexicon.is_generic(&asked.lemma) && asked.modifiers.is_empty();
        lexicon.is_office(&asked.lemma)
            && !generic
            && !asked.lemma.starts_with("spokes")
            && self.walk.found[i].description.is_some()
            && is_subject(self.walk.reading.dep(self.walk.found[i].head))
            && !self.walk.reading.in_marks(self.walk.found[i].head)
            && !self.done.actors.iter().any(held)
    }

    /// The paragraph in which the story begins.
    fn lede(&self) -> usize {
        let walk = self.walk;
        // A byline or dateline may stand in the body as a line of its own.
        const SHORTEST: usize = 8;
        let body = |i: &usize| {
            let head = walk.found[*i].head;
            let sentence = walk.reading.sentences.get(walk.reading.sentence(head));
            let whole = sentence.is_some_and(|sentence| sentence.tokens().len() >= SHORTEST);
            whole && !walk.reading.in_summary(head) && walk.reading.in_body(head)
        };
        (0..walk.found.len()).find(body).map_or(0, |i| walk.reading.paragraph(walk.found[i].head))
    }

    fn names_person(&self, i: usize) -> bool {
        self.walk.found[i].kind == MentionKind::Name
            && self.done.links[i].is_some_and(|actor| self.done.actors[actor].kind == ActorKind::Person)
    }

    /// The first mention of somebody below the headline and what is under it.
    fn first_in_story(&self, holder: usize) -> Option<usize> {
        let story = |i: &usize| !self.walk.reading.in_summary(self.walk.found[*i].head);
        (0..self.walk.found.len()).filter(story).find(|i| self.done.links[*i] == Some(holder))
    }

    /// Whether a name is a subject, or stands beside one.
    fn is_in_subject(&self, head: usize) -> bool {
        let reading = self.walk.reading;
        is_subject(reading.dep(head))
            || reading.dep(head) == "appos" && is_subject(reading.dep(reading.head(head)))
    }

    /// All mentions of an actor without a name turn out to be of a named one.
    fn become_named(&mut self, mentions: &[usize], holder: usize, named: usize, rule: &'static str) {
        let span = self.walk.found[named].span;
        for i in mentions.iter().copied() {
            self.done.links[i] = Some(holder);
            if self.done.refers_to[i].is_none() {
                self.done.refers_to[i] = Some(named);
                self.done.by[i] = By::rule(rule).saw("antecedent", span);
            }
        }
    }
}
