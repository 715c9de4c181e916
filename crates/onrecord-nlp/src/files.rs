//! Where the files of a pipeline come from: a directory, or a packed model that holds them all.
//!
//! A packed model is the files that loading a directory asked for, one after the other, with a checksum:
//! magic, version, number of files, then for each its name and size, then their bytes, then the checksum.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::hashing::murmur64a;
use crate::{Error, Result};

const MAGIC: &[u8; 8] = b"onrecNLP";

/// Raised when a packed model of an earlier version can no longer be read.
const VERSION: u32 = 1;

/// Seed of the checksum, so that it differs from a string's id.
const CHECKSUM_SEED: u64 = 0x0ec0_4d00;

/// The files of one pipeline, by their path inside its directory.
pub(crate) enum Files<'a> {
    /// A directory, with every file that was read so far.
    Directory { root: PathBuf, read: RefCell<BTreeMap<String, Vec<u8>>> },
    /// A packed model.
    Packed(BTreeMap<&'a str, &'a [u8]>),
}

impl<'a> Files<'a> {
    pub(crate) fn in_directory(root: &Path) -> Self {
        Files::Directory { root: root.to_owned(), read: RefCell::default() }
    }

    /// Opens a packed model and checks that it is whole.
    pub(crate) fn packed(bytes: &'a [u8]) -> Result<Self> {
        let (magic, rest) =
            bytes.split_first_chunk::<8>().ok_or_else(|| Error::new("too short for a packed pipeline"))?;
        if magic != MAGIC {
            return Err(Error::new("not a packed pipeline"));
        }
        let (version, _) = rest.split_first_chunk::<4>().ok_or_else(cut_short)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            let way_out = "pack the pipeline again with `onrecord-dev pack`";
            return Err(Error::new(format!(
                "packed as version {version}, this program reads {VERSION}: {way_out}"
            )));
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or_else(cut_short)?;
        // Fuzzing changes bytes at will: all of it would end here.
        if !cfg!(fuzzing) && murmur64a(body, CHECKSUM_SEED) != u64::from_le_bytes(*sum) {
            return Err(Error::new("the packed pipeline is damaged: its checksum does not hold"));
        }
        unpack(&body[12..]).map(Files::Packed)
    }

    /// The bytes of a file that must be there.
    pub(crate) fn read(&self, name: &str) -> Result<Cow<'a, [u8]>> {
        self.read_if_there(name)?.ok_or_else(|| Error::new("no such file in the pipeline").within(name))
    }

    /// The bytes of a file, or nothing where a pipeline may do without it.
    pub(crate) fn read_if_there(&self, name: &str) -> Result<Option<Cow<'a, [u8]>>> {
        match self {
            Files::Packed(files) => Ok(files.get(name).map(|bytes| Cow::Borrowed(*bytes))),
            Files::Directory { root, read } => {
                let path = root.join(name);
                if !path.exists() {
                    return Ok(None);
                }
                let bytes =
                    std::fs::read(&path).map_err(|e| Error::new(e.to_string()).within(path.display()))?;
                read.borrow_mut().insert(name.to_owned(), bytes.clone());
                Ok(Some(Cow::Owned(bytes)))
            }
        }
    }

    /// Packs the files that were read.
    pub(crate) fn pack(&self) -> Vec<u8> {
        match self {
            Files::Directory { read, .. } => {
                let read = read.borrow();
                pack(&read.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect())
            }
            Files::Packed(files) => pack(files),
        }
    }
}

fn cut_short() -> Error {
    Error::new("the packed pipeline is cut short")
}

fn pack(files: &BTreeMap<&str, &[u8]>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend((files.len() as u32).to_le_bytes());
    for (name, bytes) in files {
        out.extend((name.len() as u32).to_le_bytes());
        out.extend((bytes.len() as u32).to_le_bytes());
        out.extend(name.as_bytes());
    }
    for bytes in files.values() {
        out.extend(*bytes);
    }
    let sum = murmur64a(&out, CHECKSUM_SEED);
    out.extend(sum.to_le_bytes());
    out
}

fn unpack(mut rest: &[u8]) -> Result<BTreeMap<&str, &[u8]>> {
    let mut entries = Vec::new();
    for _ in 0..number(&mut rest)? {
        let (name_len, len) = (number(&mut rest)?, number(&mut rest)?);
        let name = std::str::from_utf8(take(&mut rest, name_len)?)
            .map_err(|_| Error::new("a file name is not UTF-8"))?;
        entries.push((name, len));
    }
    entries.into_iter().map(|(name, len)| Ok((name, take(&mut rest, len)?))).collect()
}

fn number(rest: &mut &[u8]) -> Result<usize> {
    let (bytes, after) = rest.split_first_chunk::<4>().ok_or_else(cut_short)?;
    *rest = after;
    Ok(u32::from_le_bytes(*bytes) as usize)
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Result<&'a [u8]> {
    let (bytes, after) = rest.split_at_checked(len).ok_or_else(cut_short)?;
    *rest = after;
    Ok(bytes)
}
