//! Look-ups in word lists. The lists are the project's own, so that a hash need not withstand an attacker: a quick one
//! that is the same in every run will do.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words of a list.
pub(crate) type List<V> = ListOf<&'static str, V>;

/// A map by other keys that are made of words of a list.
pub(crate) type ListOf<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// The words of a list of which no more is asked than whether they are in it.
pub(crate) type WordSet = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// A multiplicative hash over eight bytes at a time, as in the Rust compiler's own tables.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

/// The golden ratio's digits, as an odd number: its multiples spread well over the high bits.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(SPREAD);
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(byte)).wrapping_mul(SPREAD);
    }

    fn finish(&self) -> u64 {
        // The map takes its place from the low bits and its tag from the high ones.
        self.0.rotate_left(26)
    }
}
