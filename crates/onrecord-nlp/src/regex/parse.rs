//! Reads a pattern of Python's `re` into a tree.

use super::charset::{CharSet, CharSetBuilder, Class};
use crate::{Error, Result};

/// A pattern, or a part of one.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Set(CharSet),
    Start,
    End,
    /// A look ahead or behind; `holds` is false for the negative forms.
    Look {
        behind: bool,
        holds: bool,
        body: Box<Node>,
    },
    Repeat {
        body: Box<Node>,
        min: u32,
        max: u32,
        greedy: bool,
    },
    Concat(Vec<Node>),
    Either(Vec<Node>),
}

/// No limit to a repetition.
pub(crate) const UNBOUNDED: u32 = u32::MAX;

/// Deeper nesting than this is refused.
const MAX_DEPTH: usize = 100;

/// Reads a pattern.
pub(crate) fn parse(pattern: &str) -> Result<Node> {
    let mut parser = Parser { rest: pattern, fold_case: false, depth: 0 };
    parser.flags()?;
    let node = parser.either()?;
    if parser.rest.is_empty() { Ok(node) } else { Err(Error::new("unbalanced `)` in a pattern")) }
}

struct Parser<'p> {
    rest: &'p str,
    fold_case: bool,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Result<char> {
        let c = self.peek().ok_or_else(|| Error::new("a pattern ends too early"))?;
        self.rest = &self.rest[c.len_utf8()..];
        Ok(c)
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Flags for the whole pattern: `(?u)` says nothing, `(?i)` folds case.
    fn flags(&mut self) -> Result<()> {
        let Some(flags) = self.rest.strip_prefix("(?") else { return Ok(()) };
        let letters = flags.len() - flags.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
        if letters == 0 || !flags[letters..].starts_with(')') {
            return Ok(());
        }
        for flag in flags[..letters].chars() {
            match flag {
                'i' => self.fold_case = true,
                'u' => {}
                _ => return Err(Error::new(format!("flag `{flag}` of a pattern is not supported"))),
            }
        }
        self.rest = &flags[letters + 1..];
        Ok(())
    }

    fn either(&mut self) -> Result<Node> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Error::new("a pattern is nested too deep"));
        }
        let mut branches = vec![self.concat()?];
        while self.eat("|") {
            branches.push(self.concat()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.remove(0) } else { Node::Either(branches) })
    }

    fn concat(&mut self) -> Result<Node> {
        let mut items = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let atom = self.atom()?;
            items.push(self.repeated(atom)?);
        }
        Ok(if items.len() == 1 { items.remove(0) } else { Node::Concat(items) })
    }

    fn atom(&mut self) -> Result<Node> {
        match self.next()? {
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '.' => Ok(Node::Set(CharSet::any())),
            '(' => self.group(),
            '[' => self.brackets(),
            '\\' => self.escape(),
            c => Ok(self.literal(c)),
        }
    }

    fn literal(&self, c: char) -> Node {
        Node::Set(CharSet::single(c, self.fold_case))
    }

    fn group(&mut self) -> Result<Node> {
        let look = [("?=", false, true), ("?!", false, false), ("?<=", true, true), ("?<!", true, false)];
        let kind = look.into_iter().find(|(mark, ..)| self.eat(mark));
        if kind.is_none() && !self.eat("?:") && self.rest.starts_with('?') {
            return Err(Error::new("a group of a kind that is not supported in a pattern"));
        }
        let body = self.either()?;
        if !self.eat(")") {
            return Err(Error::new("unbalanced `(` in a pattern"));
        }
        Ok(match kind {
            Some((_, behind, holds)) => Node::Look { behind, holds, body: Box::new(body) },
            None => body,
        })
    }

    fn repeated(&mut self, atom: Node) -> Result<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, UNBOUNDED),
            Some('+') => (1, UNBOUNDED),
            Some('?') => (0, 1),
            Some('{') => match self.bounds() {
                Some(bounds) => bounds,
                None => return Ok(atom),
            },
            _ => return Ok(atom),
        };
        if self.peek() != Some('}') {
            self.next()?;
        } else {
            self.eat("}");
        }
        let greedy = !self.eat("?");
        if matches!(self.peek(), Some('*' | '+')) || min > max {
            return Err(Error::new("a repetition of a kind that is not supported in a pattern"));
        }
        Ok(Node::Repeat { body: Box::new(atom), min, max, greedy })
    }

    /// Reads `{2}`, `{2,}`, `{,3}` or `{2,3}` up to its last brace; a brace of no such form stands for itself.
    fn bounds(&mut self) -> Option<(u32, u32)> {
        let (inside, _) = self.rest.strip_prefix('{')?.split_once('}')?;
        let (min, max) = inside.split_once(',').unwrap_or((inside, inside));
        let number =
            |digits: &str, none: u32| if digits.is_empty() { Some(none) } else { digits.parse().ok() };
        if inside.is_empty() || inside == "," {
            return None;
        }
        let bounds = (number(min, 0)?, number(max, UNBOUNDED)?);
        self.rest = &self.rest[inside.len() + 1..];
        Some(bounds)
    }

    fn escape(&mut self) -> Result<Node> {
        let c = self.next()?;
        if let Some((class, holds)) = class(c) {
            return Ok(Node::Set(CharSet::class(class, holds)));
        }
        let c = self.escaped(c)?;
        Ok(self.literal(c))
    }

    /// The character that a backslash and `c` stand for.
    fn escaped(&mut self, c: char) -> Result<char> {
        match c {
            'u' => self.hex(4),
            'U' => self.hex(8),
            'x' => self.hex(2),
            't' => Ok('\t'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            'f' => Ok('\u{c}'),
            'v' => Ok('\u{b}'),
            c if c.is_ascii_alphanumeric() => {
                Err(Error::new(format!("`\\{c}` in a pattern is not supported")))
            }
            c => Ok(c),
        }
    }

    fn hex(&mut self, digits: usize) -> Result<char> {
        let code = self.rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let c = code.and_then(char::from_u32).ok_or_else(|| Error::new("a bad code point in a pattern"))?;
        self.rest = &self.rest[digits..];
        Ok(c)
    }

    fn brackets(&mut self) -> Result<Node> {
        let mut set = CharSetBuilder { fold_case: self.fold_case, ..Default::default() };
        set.negated = self.eat("^");
        let mut first = true;
        while first || !self.rest.starts_with(']') {
            first = false;
            let Some(low) = self.member(&mut set)? else { continue };
            let is_range = self.rest.starts_with('-') && !self.rest.starts_with("-]");
            let high = if is_range { self.range_end(&mut set)? } else { low };
            if high < low {
                return Err(Error::new("a range in a pattern runs backwards"));
            }
            set.ranges.push((low, high));
        }
        self.next()?;
        Ok(Node::Set(set.build()))
    }

    fn range_end(&mut self, set: &mut CharSetBuilder) -> Result<char> {
        self.next()?;
        self.member(set)?.ok_or_else(|| Error::new("a range in a pattern ends in a class"))
    }

    /// One character of a class, or nothing where a named class was added.
    fn member(&mut self, set: &mut CharSetBuilder) -> Result<Option<char>> {
        let c = self.next()?;
        if c != '\\' {
            return Ok(Some(c));
        }
        let c = self.next()?;
        if let Some(named) = class(c) {
            set.classes.push(named);
            return Ok(None);
        }
        self.escaped(c).map(Some)
    }
}

fn class(letter: char) -> Option<(Class, bool)> {
    Some(match letter {
        'w' => (Class::Word, true),
        'W' => (Class::Word, false),
        'd' => (Class::Decimal, true),
        'D' => (Class::Decimal, false),
        's' => (Class::Space, true),
        'S' => (Class::Space, false),
        _ => return None,
    })
}
