//! What can be said of a pattern without running it: how long its matches are, and with what they begin and end.

use super::charset::CharSet;
use super::parse::{Node, UNBOUNDED};

impl Node {
    /// The least and greatest number of characters that a match takes; `None` is without limit.
    pub(crate) fn width(&self) -> (usize, Option<usize>) {
        match self {
            Node::Set(_) => (1, Some(1)),
            Node::Start | Node::End | Node::Look { .. } => (0, Some(0)),
            Node::Concat(items) => items
                .iter()
                .map(Node::width)
                .fold((0, Some(0)), |a, b| (a.0.saturating_add(b.0), sum(a.1, b.1))),
            Node::Either(branches) => {
                let widths: Vec<_> = branches.iter().map(Node::width).collect();
                let min = widths.iter().map(|w| w.0).min().unwrap_or(0);
                let max = widths.iter().map(|w| w.1).try_fold(0, |max, w| w.map(|w| max.max(w)));
                (min, max)
            }
            Node::Repeat { body, min, max, .. } => {
                let (least, most) = body.width();
                let most = if *max == UNBOUNDED {
                    None
                } else {
                    most.map(|most| most.saturating_mul(*max as usize))
                };
                (least.saturating_mul(*min as usize), most)
            }
        }
    }

    /// Whether every match begins at the start of the text.
    pub(crate) fn begins_at_start(&self) -> bool {
        match self {
            Node::Start => true,
            Node::Concat(items) => items.first().is_some_and(Node::begins_at_start),
            Node::Either(branches) => branches.iter().all(Node::begins_at_start),
            _ => false,
        }
    }

    /// Whether every match ends where `$` holds.
    pub(crate) fn ends_at_end(&self) -> bool {
        match self {
            Node::End => true,
            Node::Concat(items) => items.last().is_some_and(Node::ends_at_end),
            Node::Either(branches) => branches.iter().all(Node::ends_at_end),
            _ => false,
        }
    }

    /// The sets one of which the first character of every match is in; `None` if a match may be empty.
    pub(crate) fn first(&self) -> Option<Vec<&CharSet>> {
        self.edge(false)
    }

    /// The sets one of which the last character of every match is in; `None` if a match may be empty.
    pub(crate) fn last(&self) -> Option<Vec<&CharSet>> {
        self.edge(true)
    }

    fn edge(&self, last: bool) -> Option<Vec<&CharSet>> {
        match self {
            Node::Set(set) => Some(vec![set]),
            Node::Start | Node::End | Node::Look { .. } => None,
            Node::Repeat { body, min, .. } => {
                if *min > 0 {
                    body.edge(last)
                } else {
                    None
                }
            }
            Node::Either(branches) => {
                let edges: Option<Vec<_>> = branches.iter().map(|branch| branch.edge(last)).collect();
                Some(edges?.concat())
            }
            Node::Concat(items) => {
                let consuming = |item: &&Node| item.width().1 != Some(0);
                let item =
                    if last { items.iter().rev().find(consuming) } else { items.iter().find(consuming) };
                item?.edge(last)
            }
        }
    }

    /// ASCII characters, a bit each, that every match has in it.
    pub(crate) fn required(&self) -> u128 {
        match self {
            // A set of one ASCII character and nothing else.
            Node::Set(set) => {
                let only_ascii = set.ascii().count_ones() == 1 && set.is_single();
                if only_ascii { set.ascii() } else { 0 }
            }
            Node::Start | Node::End | Node::Look { .. } => 0,
            Node::Repeat { body, min, .. } => {
                if *min > 0 {
                    body.required()
                } else {
                    0
                }
            }
            Node::Either(branches) => branches.iter().map(Node::required).fold(u128::MAX, |a, b| a & b),
            Node::Concat(items) => items.iter().map(Node::required).fold(0, |a, b| a | b),
        }
    }
}

fn sum(a: Option<usize>, b: Option<usize>) -> Option<usize> {
    a?.checked_add(b?)
}
