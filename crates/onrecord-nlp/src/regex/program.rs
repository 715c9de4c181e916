//! Runs a pattern by trying its branches in order and stepping back, as Python's `re` does.

use super::charset::CharSet;
use super::parse::{Node, UNBOUNDED};
use crate::{Error, Result};

/// Longer patterns than this are refused, all branches together: the longest of spaCy's have some thousands.
pub(super) const MAX_INSTRUCTIONS: usize = 1 << 18;

/// Steps after which a pattern is taken not to match. Where Python would go on for minutes (a megabyte without a
/// space, full of colons), reading goes on.
const MAX_STEPS: u64 = 20_000_000;

/// The last so many sets are looked through for an equal one.
const KEPT_SETS: usize = 16;

#[derive(Debug)]
enum Op {
    Set(u32),
    /// As many of a set as there are, then fewer.
    RepeatSet {
        set: u32,
        min: u32,
        max: u32,
    },
    Start,
    End,
    Look {
        behind: Option<u32>,
        holds: bool,
        after: u32,
    },
    Split {
        first: u32,
        second: u32,
    },
    Jump(u32),
    Match,
}

/// A pattern ready to run.
#[derive(Debug)]
pub(crate) struct Program {
    ops: Vec<Op>,
    sets: Vec<CharSet>,
}

/// A place to step back to.
#[derive(Debug)]
enum Retry {
    At {
        op: u32,
        pos: usize,
    },
    /// A repetition that took the text up to `high` and may give back down to `low`.
    Shorter {
        op: u32,
        low: usize,
        high: usize,
    },
}

/// Memory for a run, kept from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Backtrack {
    stack: Vec<Retry>,
    steps: u64,
}

impl Program {
    pub(crate) fn compile(node: &Node) -> Result<Self> {
        let mut program = Program { ops: Vec::new(), sets: Vec::new() };
        program.add(node)?;
        program.push(Op::Match)?;
        Ok(program)
    }

    /// How many instructions there are.
    pub(super) fn len(&self) -> usize {
        self.ops.len()
    }

    fn here(&self) -> u32 {
        self.ops.len() as u32
    }

    fn push(&mut self, op: Op) -> Result<usize> {
        if self.ops.len() >= MAX_INSTRUCTIONS {
            return Err(Error::new("a pattern is too long"));
        }
        self.ops.push(op);
        Ok(self.ops.len() - 1)
    }

    fn set(&mut self, set: &CharSet) -> u32 {
        // What a repetition repeats comes here as often, and is kept once.
        if let Some(known) = self.sets.iter().rev().take(KEPT_SETS).position(|known| known == set) {
            return (self.sets.len() - 1 - known) as u32;
        }
        self.sets.push(set.clone());
        self.sets.len() as u32 - 1
    }

    fn add(&mut self, node: &Node) -> Result<()> {
        match node {
            Node::Set(set) => {
                let set = self.set(set);
                self.push(Op::Set(set))?;
            }
            Node::Start => {
                self.push(Op::Start)?;
            }
            Node::End => {
                self.push(Op::End)?;
            }
            Node::Concat(items) => {
                for item in items {
                    self.add(item)?;
                }
            }
            Node::Either(branches) => self.add_either(branches)?,
            Node::Look { behind, holds, body } => self.add_look(*behind, *holds, body)?,
            Node::Repeat { body, min, max, greedy } => self.add_repeat(body, *min, *max, *greedy)?,
        }
        Ok(())
    }

    fn add_either(&mut self, branches: &[Node]) -> Result<()> {
        let mut exits = Vec::new();
        for (i, branch) in branches.iter().enumerate() {
            if i + 1 == branches.len() {
                self.add(branch)?;
                break;
            }
            let split = self.push(Op::Split { first: self.here() + 1, second: 0 })?;
            self.add(branch)?;
            exits.push(self.push(Op::Jump(0))?);
            self.point(split, self.here());
        }
        for exit in exits {
            self.point(exit, self.here());
        }
        Ok(())
    }

    /// Sets where a jump, or the second way of a split, goes.
    fn point(&mut self, op: usize, to: u32) {
        match &mut self.ops[op] {
            Op::Jump(target) => *target = to,
            Op::Split { second, .. } => *second = to,
            Op::Look { after, .. } => *after = to,
            _ => {}
        }
    }

    fn add_look(&mut self, behind: bool, holds: bool, body: &Node) -> Result<()> {
        let behind = match body.width() {
            _ if !behind => None,
            (min, Some(max)) if min == max => Some(min as u32),
            _ => return Err(Error::new("a look behind of varying width in a pattern")),
        };
        let look = self.push(Op::Look { behind, holds, after: 0 })?;
        self.add(body)?;
        self.push(Op::Match)?;
        self.point(look, self.here());
        Ok(())
    }

    fn add_repeat(&mut self, body: &Node, min: u32, max: u32, greedy: bool) -> Result<()> {
        if let (Node::Set(set), true) = (body, greedy) {
            let set = self.set(set);
            self.push(Op::RepeatSet { set, min, max })?;
            return Ok(());
        }
        for _ in 0..min {
            self.add(body)?;
        }
        if max == UNBOUNDED {
            if body.width().0 == 0 {
                return Err(Error::new("an endless repetition of nothing in a pattern"));
            }
            let split = self.split(greedy)?;
            self.add(body)?;
            self.push(Op::Jump(split as u32))?;
            self.leave(split, greedy);
            return Ok(());
        }
        let mut splits = Vec::new();
        for _ in min..max {
            splits.push(self.split(greedy)?);
            self.add(body)?;
        }
        for split in splits {
            self.leave(split, greedy);
        }
        Ok(())
    }

    fn split(&mut self, greedy: bool) -> Result<usize> {
        let body = self.here() + 1;
        self.push(if greedy {
            Op::Split { first: body, second: 0 }
        } else {
            Op::Split { first: 0, second: body }
        })
    }

    fn leave(&mut self, split: usize, greedy: bool) {
        let to = self.here();
        if let Op::Split { first, second } = &mut self.ops[split] {
            *(if greedy { second } else { first }) = to;
        }
    }

    /// Where a match that begins at `pos` ends.
    pub(crate) fn run(&self, text: &str, pos: usize, memory: &mut Backtrack) -> Option<usize> {
        memory.stack.clear();
        memory.steps = 0;
        self.run_from(0, text, pos, memory)
    }

    fn run_from(&self, op: u32, text: &str, pos: usize, memory: &mut Backtrack) -> Option<usize> {
        let base = memory.stack.len();
        let (mut op, mut pos) = (op, pos);
        loop {
            memory.steps += 1;
            let went_on = if memory.steps > MAX_STEPS { None } else { self.step(op, text, pos, memory) };
            match went_on {
                Some((_, pos)) if matches!(self.ops[op as usize], Op::Match) => {
                    memory.stack.truncate(base);
                    return Some(pos);
                }
                Some(next) => (op, pos) = next,
                None => (op, pos) = step_back(text, base, memory)?,
            }
        }
    }

    /// Runs one instruction: the next one and the position after it, or nothing if it does not match.
    fn step(&self, op: u32, text: &str, pos: usize, memory: &mut Backtrack) -> Option<(u32, usize)> {
        match self.ops[op as usize] {
            Op::Match => Some((op, pos)),
            Op::Set(set) => {
                let c = text[pos..].chars().next()?;
                self.sets[set as usize].contains(c).then(|| (op + 1, pos + c.len_utf8()))
            }
            Op::RepeatSet { set, min, max } => {
                let (low, high) = self.repeat(set, min, max, text, pos)?;
                memory.steps += (high - pos) as u64;
                if low < high {
                    memory.stack.push(Retry::Shorter { op: op + 1, low, high });
                }
                Some((op + 1, high))
            }
            Op::Start => (pos == 0).then_some((op + 1, pos)),
            Op::End => (pos == text.len() || &text[pos..] == "\n").then_some((op + 1, pos)),
            Op::Split { first, second } => {
                memory.stack.push(Retry::At { op: second, pos });
                Some((first, pos))
            }
            Op::Jump(to) => Some((to, pos)),
            Op::Look { behind, holds, after } => {
                let from = behind.map_or(Some(pos), |width| back(text, pos, width));
                let found = from.and_then(|from| self.run_from(op + 1, text, from, memory)).is_some();
                (found == holds).then_some((after, pos))
            }
        }
    }

    /// Takes as many characters of a set as there are: the ends after the fewest and after all.
    fn repeat(&self, set: u32, min: u32, max: u32, text: &str, pos: usize) -> Option<(usize, usize)> {
        let set = &self.sets[set as usize];
        let (mut count, mut low, mut high) = (0, pos, pos);
        for c in text[pos..].chars() {
            if count == max || !set.contains(c) {
                break;
            }
            count += 1;
            high += c.len_utf8();
            if count == min {
                low = high;
            }
        }
        (count >= min).then_some((low, high))
    }
}

fn step_back(text: &str, base: usize, memory: &mut Backtrack) -> Option<(u32, usize)> {
    if memory.stack.len() <= base || memory.steps > MAX_STEPS {
        memory.stack.truncate(base);
        return None;
    }
    match memory.stack.pop()? {
        Retry::At { op, pos } => Some((op, pos)),
        Retry::Shorter { op, low, high } => {
            let high = back(text, high, 1)?;
            if low < high {
                memory.stack.push(Retry::Shorter { op, low, high });
            }
            Some((op, high))
        }
    }
}

/// The position so many characters before another.
fn back(text: &str, pos: usize, chars: u32) -> Option<usize> {
    if chars == 0 {
        return Some(pos);
    }
    text[..pos].char_indices().rev().nth(chars as usize - 1).map(|(at, _)| at)
}
