//! Static word vectors: a table of rows, and the row of each word's id.

use std::collections::HashMap;

use crate::files::Files;
use crate::msgpack::Value;
use crate::{Error, Result};

/// The vectors that came with a pipeline.
#[derive(Debug)]
pub(crate) struct Vectors {
    rows: HashMap<u64, u32>,
    width: usize,
    data: Vec<f32>,
}

impl Vectors {
    /// Loads the vectors, or nothing if the pipeline has none.
    pub(crate) fn load(files: &Files<'_>) -> Result<Option<Self>> {
        let Some(table) = files.read_if_there("vocab/vectors")? else { return Ok(None) };
        let (shape, data) = read_npy(&table).map_err(|e| e.within("vocab/vectors"))?;
        let [_, width] = shape[..] else { return Err(Error::new("vocab/vectors: not a table")) };
        if data.is_empty() {
            return Ok(None);
        }
        let mode = files.read_if_there("vocab/vectors.cfg")?.unwrap_or_default();
        if String::from_utf8_lossy(&mode).contains("floret") {
            return Err(Error::new("floret vectors are not supported").within("vocab/vectors.cfg"));
        }
        let keys = files.read("vocab/key2row")?;
        let rows = read_rows(&keys, data.len() / width.max(1)).map_err(|e| e.within("vocab/key2row"))?;
        Ok(Some(Vectors { rows, width, data }))
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a word, by the id of its letters.
    pub(crate) fn of(&self, orth: u64) -> Option<&[f32]> {
        let row = *self.rows.get(&orth)? as usize;
        self.data.get(row * self.width..(row + 1) * self.width)
    }
}

fn read_rows(bytes: &[u8], count: usize) -> Result<HashMap<u64, u32>> {
    let value = Value::parse(bytes)?;
    let pairs = value.as_map().ok_or_else(|| Error::new("not a map"))?;
    // A row of -1 means that the word has no vector.
    let mut rows = HashMap::with_capacity(pairs.len());
    for (key, row) in pairs {
        let key = key.as_u64().ok_or_else(|| Error::new("a key is no id"))?;
        match row.as_i64() {
            Some(-1) => {}
            Some(row) if usize::try_from(row).is_ok_and(|row| row < count) => {
                rows.insert(key, row as u32);
            }
            _ => return Err(Error::new("a row is out of range")),
        }
    }
    Ok(rows)
}

/// Reads a numpy file of 32-bit floats: its shape and its numbers.
fn read_npy(bytes: &[u8]) -> Result<(Vec<usize>, Vec<f32>)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(|| Error::new("not a numpy file"))?;
    let (len, rest) = match rest {
        [1, _, a, b, rest @ ..] => (usize::from(u16::from_le_bytes([*a, *b])), rest),
        [2 | 3, _, a, b, c, d, rest @ ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, rest),
        _ => return Err(Error::new("a numpy file of an unknown version")),
    };
    let (header, data) = rest.split_at_checked(len).ok_or_else(|| Error::new("cut short"))?;
    let header = String::from_utf8_lossy(header);
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(Error::new("not 32-bit floats in rows"));
    }
    let shape =
        header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')')).map(|(shape, _)| shape);
    let shape = shape.ok_or_else(|| Error::new("no shape"))?;
    let numbers = shape.split(',').map(str::trim).filter(|n| !n.is_empty()).map(|n| n.parse::<usize>());
    let shape: Vec<usize> = numbers.collect::<Result<_, _>>().map_err(|_| Error::new("a bad shape"))?;
    let floats = crate::model::floats(data)?;
    if shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d)) != Some(floats.len()) {
        return Err(Error::new("the shape is not that of the data"));
    }
    Ok((shape, floats))
}
