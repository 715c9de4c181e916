//! The moves of a transition system, in the order in which its model scores them.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::msgpack::Value;
use crate::strings::{Label, Labels};
use crate::{Error, Result};

/// A move: what to do, and with which label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) action: u8,
    pub(super) label: Label,
}

/// Reads a `moves` file: labels with their frequencies, by action.
///
/// Labels go by falling frequency. Those of negative frequency were added after training and come last.
pub(super) fn read_moves(bytes: &[u8], labels: &mut Labels) -> Result<Vec<Move>> {
    let value = Value::parse(bytes)?;
    let json = value.field("moves")?.as_str().ok_or_else(|| Error::new("`moves` is no text"))?;
    let by_action: BTreeMap<String, BTreeMap<String, Json>> =
        serde_json::from_str(json).map_err(|e| Error::new(e.to_string()))?;
    let (mut moves, mut added) = (Vec::new(), Vec::new());
    for (action, frequencies) in &by_action {
        let action: u8 = action.parse().map_err(|_| Error::new(format!("an unknown action `{action}`")))?;
        let mut sorted: Vec<_> =
            frequencies.iter().map(|(name, n)| (n.as_i64().unwrap_or(0), name)).collect();
        sorted.sort_by(|a, b| b.cmp(a));
        for (frequency, name) in sorted {
            if frequency < 0 {
                added.push((frequency, name, action));
            } else {
                moves.push((action, name));
            }
        }
    }
    let mut order: Vec<_> = added.iter().map(|(frequency, name, _)| (*frequency, *name)).collect();
    order.sort_by(|a, b| b.cmp(a));
    for (_, name) in order {
        for (_, _, action) in added.iter().filter(|(_, other, _)| *other == name) {
            if !moves.contains(&(*action, name)) {
                moves.push((*action, name));
            }
        }
    }
    Ok(moves.into_iter().map(|(action, name)| Move { action, label: labels.add(name) }).collect())
}
