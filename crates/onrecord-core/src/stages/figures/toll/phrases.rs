//! Phrases that tell what a report is about without a count: "a fatal shooting", "a double murder".

/// Phrases with what they imply.
const TOLLS: &str = include_str!("../../../../data/en/tolls.tsv");

/// What a phrase implies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Implies {
    /// Somebody died: "a fatal shooting".
    Dead,
    /// Nobody need have died: "attempted murder".
    Tried,
    /// Somebody killed himself: "turned the gun on himself".
    OwnDoing,
    /// It is told of other times: "so far this year".
    Past,
    /// Nobody need have died, and what else the words say is left: "a deadly weapon".
    Nothing,
    /// A word for one victim or the one who did it: "another", "the shooter".
    Person,
}

/// The phrases of a language.
#[derive(Debug, Clone)]
pub(super) struct Phrases {
    phrases: Vec<(&'static str, Implies)>,
}

/// Words for one incident with several victims.
const MANY: [(u32, &str); 4] = [(2, "double"), (3, "triple"), (4, "quadruple"), (5, "quintuple")];

impl Phrases {
    pub(super) fn english() -> Self {
        Self { phrases: TOLLS.lines().filter_map(row).collect() }
    }

    /// Whether a text in lower case holds a phrase that implies this.
    pub(super) fn tell(&self, implies: Implies, text: &str) -> bool {
        self.phrases.iter().any(|(phrase, what)| *what == implies && holds(text, phrase))
    }

    /// Whether a word is one for a person.
    pub(super) fn is_person(&self, word: &str) -> bool {
        self.phrases.contains(&(word, Implies::Person))
    }

    /// How many were shot in "a triple shooting"; nought where no such words stand.
    pub(super) fn shot(&self, lede: &str) -> u32 {
        many(|many| holds(lede, &format!("{many} shooting")))
    }

    /// A text without the phrases that say nothing of deaths.
    fn without_idle(&self, text: &str) -> String {
        let idle = self.phrases.iter().filter(|(_, what)| *what == Implies::Nothing);
        idle.fold(text.to_owned(), |text, (phrase, _)| text.replace(phrase, ""))
    }

    /// The least number of dead that the head of a report implies without telling it.
    pub(super) fn dead(&self, head: &str) -> u32 {
        let head = &self.without_idle(head);
        let kinds = ["homicide", "murder*", "killing", "slaying", "fatal"];
        let several = many(|many| {
            kinds
                .iter()
                .any(|kind| holds(head, &format!("{many} {kind}")) || holds(head, &format!("{many}-{kind}")))
        });
        let with_own = ["murder-suicide", "murder suicide", "murder/suicide"];
        let of_two = 2 * u32::from(with_own.iter().any(|phrase| holds(head, phrase)));
        let is_fatal = self.tell(Implies::Dead, head) && !self.tell(Implies::Tried, head);
        several.max(of_two).max(u32::from(is_fatal))
    }
}

fn many(told: impl Fn(&str) -> bool) -> u32 {
    MANY.iter().filter(|(_, word)| told(word)).map(|(many, _)| *many).max().unwrap_or(0)
}

/// Whether a text holds a phrase as whole words; a phrase with a star goes on as it likes.
fn holds(text: &str, phrase: &str) -> bool {
    let (phrase, goes_on) = phrase.strip_suffix('*').map_or((phrase, false), |phrase| (phrase, true));
    text.match_indices(phrase).any(|(at, _)| {
        let starts =
            !phrase.starts_with(char::is_alphanumeric) || !text[..at].ends_with(char::is_alphanumeric);
        starts && (goes_on || !text[at + phrase.len()..].starts_with(char::is_alphanumeric))
    })
}

fn row(line: &'static str) -> Option<(&'static str, Implies)> {
    let (phrase, implies) = line.split_once('\t')?;
    let implies = match implies {
        "dead" => Implies::Dead,
        "tried" => Implies::Tried,
        "own doing" => Implies::OwnDoing,
        "past" => Implies::Past,
        "nothing" => Implies::Nothing,
        "person" => Implies::Person,
        _ => return None,
    };
    Some((phrase, implies))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_every_line_is_read() {
        assert!(TOLLS.starts_with("# source: ") && TOLLS.lines().skip(1).is_sorted());
        assert_eq!(Phrases::english().phrases.len(), TOLLS.lines().count() - 1);
    }

    #[test]
    fn phrases_are_whole_words() {
        let phrases = Phrases::english();
        assert_eq!(phrases.dead("a fatal shooting"), 1);
        assert_eq!(phrases.dead("the fatalist was shot"), 0);
        assert_eq!(phrases.dead("an apparent murder-suicide"), 2);
        assert_eq!(phrases.dead("charged with attempted murder"), 0);
        assert_eq!(phrases.dead("assault with a deadly weapon"), 0);
        assert_eq!(phrases.shot("a triple shooting"), 3);
    }
}
