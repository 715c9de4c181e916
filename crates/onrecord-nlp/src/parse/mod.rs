//! Greedy transition systems: the dependency parser and the entity recogniser.

mod arc_eager;
mod entities;
mod moves;
mod tree;

pub(crate) use arc_eager::Parser;
pub(crate) use entities::EntityRecogniser;

/// The best of the moves that are allowed, and by how much it beats the next best.
///
/// Of equal scores the first wins. Without another allowed move the margin is infinite.
fn best_move(scores: &[f32], mut allowed: impl FnMut(usize) -> bool) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    let mut second = f32::NEG_INFINITY;
    for (i, &score) in scores.iter().enumerate() {
        if !allowed(i) {
            continue;
        }
        match best {
            Some((_, top)) if score <= top => second = second.max(score),
            _ => {
                second = best.map_or(second, |(_, top)| top);
                best = Some((i, score));
            }
        }
    }
    best.map(|(i, top)| (i, top - second))
}

#[cfg(test)]
mod tests {
    use super::best_move;

    #[test]
    fn the_first_of_equals_wins_by_nothing() {
        assert_eq!(best_move(&[1.0, 3.0, 3.0, 2.0], |_| true), Some((1, 0.0)));
        assert_eq!(best_move(&[1.0, 3.0, 5.0, 2.0], |i| i != 2), Some((1, 1.0)));
        assert_eq!(best_move(&[1.0], |_| true), Some((0, f32::INFINITY)));
        assert_eq!(best_move(&[1.0], |_| false), None);
    }
}
