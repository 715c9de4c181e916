//! Reads MessagePack, the format of spaCy's binary files.
//!
//! Strings and byte strings are both kept as bytes borrowed from the file: which of the two a file uses depends on
//! the version that wrote it. Every length is checked against what is left, so a damaged file gives an error.

use crate::{Error, Result};

/// One MessagePack value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    Nil,
    Bool(bool),
    Int(i64),
    Unsigned(u64),
    Float(f64),
    Bytes(&'a [u8]),
    Array(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
}

/// Deeper nesting than this is no file of spaCy's.
const MAX_DEPTH: usize = 64;

/// Items that room is made for before they are read: a length that is damage must not reserve memory.
const MAX_RESERVED: usize = 4_096;

impl<'a> Value<'a> {
    /// Reads the one value that the bytes hold.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self> {
        let mut reader = Reader { rest: bytes };
        reader.value(0)
    }

    pub(crate) fn as_str(&self) -> Option<&'a str> {
        match self {
            Value::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    pub(crate) fn as_bytes(&self) -> Option<&'a [u8]> {
        match self {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The number as spaCy's unsigned 64-bit ids are read.
    pub(crate) fn as_u64(&self) -> Option<u64> {
        match *self {
            Value::Int(n) => u64::try_from(n).ok(),
            Value::Unsigned(n) => Some(n),
            _ => None,
        }
    }

    pub(crate) fn as_i64(&self) -> Option<i64> {
        match *self {
            Value::Int(n) => Some(n),
            Value::Unsigned(n) => i64::try_from(n).ok(),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_map(&self) -> Option<&[(Value<'a>, Value<'a>)]> {
        match self {
            Value::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    /// The value of a string key in a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.as_map()?.iter().find(|(k, _)| k.as_bytes() == Some(key.as_bytes())).map(|(_, v)| v)
    }

    /// The value of a key that must be there.
    pub(crate) fn field(&self, key: &str) -> Result<&Value<'a>> {
        self.get(key).ok_or_else(|| Error::new(format!("no field `{key}`")))
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8]> {
        let (head, rest) =
            self.rest.split_at_checked(n).ok_or_else(|| Error::new("the file is cut short"))?;
        self.rest = rest;
        Ok(head)
    }

    fn unsigned(&mut self, width: usize) -> Result<u64> {
        Ok(self.take(width)?.iter().fold(0, |n, &byte| n << 8 | u64::from(byte)))
    }

    fn length(&mut self, width: usize) -> Result<usize> {
        usize::try_from(self.unsigned(width)?).map_err(|_| Error::new("a length is out of range"))
    }

    fn value(&mut self, depth: usize) -> Result<Value<'a>> {
        if depth > MAX_DEPTH {
            return Err(Error::new("values are nested too deep"));
        }
        let tag = self.unsigned(1)? as u8;
        Ok(match tag {
            0x00..=0x7f => Value::Int(i64::from(tag)),
            0x80..=0x8f => self.map(usize::from(tag & 15), depth)?,
            0x90..=0x9f => self.array(usize::from(tag & 15), depth)?,
            0xa0..=0xbf => Value::Bytes(self.take(usize::from(tag & 31))?),
            0xc0 => Value::Nil,
            0xc2 => Value::Bool(false),
            0xc3 => Value::Bool(true),
            0xc4 | 0xd9 => self.bytes(1)?,
            0xc5 | 0xda => self.bytes(2)?,
            0xc6 | 0xdb => self.bytes(4)?,
            0xca => Value::Float(f64::from(f32::from_bits(self.unsigned(4)? as u32))),
            0xcb => Value::Float(f64::from_bits(self.unsigned(8)?)),
            0xcc..=0xcf => self.positive(1 << (tag - 0xcc))?,
            0xd0 => Value::Int(i64::from(self.unsigned(1)? as i8)),
            0xd1 => Value::Int(i64::from(self.unsigned(2)? as i16)),
            0xd2 => Value::Int(i64::from(self.unsigned(4)? as i32)),
            0xd3 => Value::Int(self.unsigned(8)? as i64),
            0xdc => self.sized_array(2, depth)?,
            0xdd => self.sized_array(4, depth)?,
            0xde => self.sized_map(2, depth)?,
            0xdf => self.sized_map(4, depth)?,
            0xe0..=0xff => Value::Int(i64::from(tag as i8)),
            _ => return Err(Error::new(format!("a value of unknown kind {tag:#04x}"))),
        })
    }

    fn bytes(&mut self, width: usize) -> Result<Value<'a>> {
        let len = self.length(width)?;
        Ok(Value::Bytes(self.take(len)?))
    }

    fn positive(&mut self, width: usize) -> Result<Value<'a>> {
        let n = self.unsigned(width)?;
        Ok(i64::try_from(n).map_or(Value::Unsigned(n), Value::Int))
    }

    fn sized_array(&mut self, width: usize, depth: usize) -> Result<Value<'a>> {
        let len = self.length(width)?;
        self.array(len, depth)
    }

    fn sized_map(&mut self, width: usize, depth: usize) -> Result<Value<'a>> {
        let len = self.length(width)?;
        self.map(len, depth)
    }

    fn array(&mut self, len: usize, depth: usize) -> Result<Value<'a>> {
        let mut items = Vec::with_capacity(len.min(MAX_RESERVED));
        for _ in 0..len {
            items.push(self.value(depth + 1)?);
        }
        Ok(Value::Array(items))
    }

    fn map(&mut self, len: usize, depth: usize) -> Result<Value<'a>> {
        let mut pairs = Vec::with_capacity(len.min(MAX_RESERVED));
        for _ in 0..len {
            pairs.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        Ok(Value::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_kinds_that_spacy_writes() {
        let bytes = [0x83, 0xa1, b'a', 0x01, 0xc4, 1, b'b', 0x92, 0xc3, 0xff, 0x41, 0xcd, 1, 0];
        let value = Value::parse(&bytes).expect("well formed");
        assert_eq!(value.get("a").and_then(Value::as_i64), Some(1));
        assert_eq!(value.get("b"), Some(&Value::Array(vec![Value::Bool(true), Value::Int(-1)])));
        assert_eq!(value.as_map().map(|pairs| pairs[2].1.as_u64()), Some(Some(256)));
    }

    #[test]
    fn damage_is_an_error() {
        for bytes in
            [&[][..], &[0xc6, 255, 255, 255, 255], &[0xdd, 255, 255, 255, 255], &[0xc1], &[0x91; 100]]
        {
            assert!(Value::parse(bytes).is_err());
        }
    }
}
