//! Tells a name that is spelled wrong from another name: "Hillary" and "Hilary", "DesRosier" and "DesRoiser".

/// Letters from which two words that differ by one slip are one word: among short ones too many are names of their own.
const LONG: usize = 6;

/// Whether two folded words may be one word with a slip in one of them: a letter left out, put in, replaced, or two that
/// changed places. `known` tells words that are each right as they are; of them only a doubled letter is a slip.
pub(super) fn is_slip(one: &str, other: &str, known: impl Fn(&str) -> bool) -> bool {
    let (one_letters, other_letters): (Vec<char>, Vec<char>) =
        (one.chars().collect(), other.chars().collect());
    let (short, long) = if one_letters.len() <= other_letters.len() {
        (one_letters, other_letters)
    } else {
        (other_letters, one_letters)
    };
    if short.len() < LONG || long.len() - short.len() > 1 {
        return false;
    }
    let front = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let room = short.len() - front;
    let back = short.iter().rev().zip(long.iter().rev()).take(room).take_while(|(a, b)| a == b).count();
    // The first letter is seldom wrong, and an ending makes another name: "William", "Williams".
    if front == 0 || front == short.len() {
        return false;
    }
    let (slip, doubled) = match (&short[front..short.len() - back], &long[front..long.len() - back]) {
        ([], [letter]) => (true, *letter == long[front - 1]),
        ([_], [_]) => (back > 0, false),
        ([a, b], [c, d]) => (a == d && b == c, false),
        _ => (false, false),
    };
    slip && (doubled || !(known(one) && known(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(one: &str, other: &str) -> bool {
        let known = |word: &str| matches!(word, "hilary" | "hillary" | "martin" | "marvin");
        assert_eq!(is_slip(one, other, known), is_slip(other, one, known), "{one} {other}");
        is_slip(one, other, known)
    }

    #[test]
    fn one_letter_is_a_slip() {
        assert!(slip("hilary", "hillary"));
        assert!(slip("desrosier", "desroiser"));
        assert!(slip("okonkwo", "okonkow"));
        assert!(slip("trevidic", "trividic"));
    }

    #[test]
    fn other_names_are_no_slip() {
        assert!(!slip("martin", "marvin"));
        assert!(!slip("maria", "marie"));
        assert!(!slip("william", "williams"));
        assert!(!slip("anderson", "sanderson"));
        assert!(!slip("petersen", "pederson"));
        assert!(!slip("okonkwo", "okonkwo"));
    }
}
