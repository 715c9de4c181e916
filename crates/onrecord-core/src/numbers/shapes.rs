//! The shapes of the words of a list: a cheap test before a word is looked up.

/// First letters, second letters and lengths of the words of a list. Most words of a text have a shape that no word of
/// a short list has.
#[derive(Debug, Clone)]
pub(crate) struct Shapes {
    /// For each pair of first letters, the lengths as bits.
    lengths: Vec<u32>,
}

/// The letters, and one place for all other characters.
const LETTERS: usize = 27;

impl Shapes {
    /// The shapes of these words.
    pub(crate) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut lengths = vec![0; LETTERS * LETTERS];
        for word in words {
            lengths[place(word.as_bytes())] |= bit(word.len());
        }
        Self { lengths }
    }

    /// Whether a word, in whatever case, may be one of the list.
    pub(crate) fn may_hold(&self, word: &[u8]) -> bool {
        self.lengths[place(word)] & bit(word.len()) != 0
    }
}

fn place(word: &[u8]) -> usize {
    let letter = |at: usize| match word.get(at).map(u8::to_ascii_lowercase) {
        Some(letter @ b'a'..=b'z') => usize::from(letter - b'a'),
        _ => LETTERS - 1,
    };
    letter(0) * LETTERS + letter(1)
}

/// Words of 31 bytes and more share a bit.
const fn bit(length: usize) -> u32 {
    1 << if length < 31 { length } else { 31 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_the_list_has_its_shape_in_any_case() {
        let shapes = Shapes::of(["seven", "a"].into_iter());
        assert!(shapes.may_hold(b"Seven") && shapes.may_hold(b"A") && shapes.may_hold(b"sever"));
        assert!(!shapes.may_hold(b"said") && !shapes.may_hold(b"an") && !shapes.may_hold("ä".as_bytes()));
        assert!(!shapes.may_hold(b""));
    }
}
