//! Which files are meant: files, folders, globs, addresses, and `-` for the standard input.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fields::Map;
use super::formats::{self, Each, at};
use super::item::Unreadable;
use crate::fetch::{self, Address, Fetched, Way};

/// Where to read from, in the order in which it was named; folders in the order of names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sources {
    found: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    Stdin,
    File { path: PathBuf, size: u64 },
    Address(Address),
    Bad(Unreadable),
}

impl Sources {
    /// Finds the files that are meant. What is not there is told when it is its turn to be read.
    pub fn find(names: &[PathBuf]) -> Self {
        let mut sources = Self::default();
        for name in names {
            if name.as_os_str() == "-" {
                sources.found.push(Source::Stdin);
            } else if let Some(url) = name.to_str().filter(|name| fetch::is_address(name)) {
                sources.found.push(Source::Address(Address { url: url.to_owned(), follow: false }));
            } else if name.symlink_metadata().is_ok() {
                sources.walk(name, &mut BTreeSet::new(), true);
            } else {
                sources.glob(name);
            }
        }
        sources
    }

    /// Pages and feeds on the web; of a feed, the pages of its entries.
    pub fn on_the_web(addresses: &[String]) -> Self {
        let address = |url: &String| Source::Address(Address { url: url.clone(), follow: true });
        Self { found: addresses.iter().map(address).collect() }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many bytes the files have; `None` when one is a stream.
    pub fn size(&self) -> Option<u64> {
        let size = |source: &Source| match source {
            Source::Stdin | Source::Address(_) => None,
            Source::File { size, .. } => Some(*size),
            Source::Bad(_) => Some(0),
        };
        self.found.iter().map(size).sum()
    }

    fn bad(&mut self, path: &Path, reason: impl Into<String>) {
        let place = at(&path.display().to_string(), 0);
        self.found.push(Source::Bad(Unreadable { place, reason: reason.into() }));
    }

    fn glob(&mut self, pattern: &Path) {
        let before = self.found.len();
        let text = pattern.to_str().filter(|text| text.contains(['*', '?', '[']));
        if let Some(matches) = text.and_then(|text| glob::glob(text).ok()) {
            for path in matches.flatten() {
                self.walk(&path, &mut BTreeSet::new(), true);
            }
            if self.found.len() == before {
                self.bad(pattern, "cannot be read: it matches no file");
            }
        } else {
            self.bad(pattern, "cannot be read: there is no such file");
        }
    }

    /// Takes a file, or all files of a folder but hidden ones. `above` are the folders that this one stands in, by
    /// their true paths: a link back to one of these is not followed.
    fn walk(&mut self, path: &Path, above: &mut BTreeSet<PathBuf>, named: bool) {
        let meta = match fs::metadata(path) {
            Ok(meta) => meta,
            Err(error) => return self.bad(path, format!("cannot be read: {error}")),
        };
        if meta.is_file() || (named && !meta.is_dir()) {
            return self.found.push(Source::File { path: path.to_owned(), size: meta.len() });
        }
        if !meta.is_dir() {
            return self.bad(path, "is no file");
        }
        let real = match path.canonicalize() {
            Ok(real) => real,
            Err(error) => return self.bad(path, format!("cannot be read: {error}")),
        };
        if !above.insert(real.clone()) {
            return self.bad(path, "is a link to a folder that it stands in");
        }
        match entries(path) {
            Ok(entries) => entries.iter().for_each(|entry| self.walk(entry, above, false)),
            Err(error) => self.bad(path, format!("cannot be read: {error}")),
        }
        above.remove(&real);
    }

    /// Reads everything, one item after the other, and counts the bytes that it takes from the files. Addresses that
    /// follow each other are gone to together, so that their hosts can take turns.
    pub(super) fn read(&self, map: &Map, count: &Arc<AtomicU64>, way: Way<'_>, each: &mut Each<'_>) -> Fetched {
        let mut fetched = Fetched::default();
        let is_address = |source: &Source| matches!(source, Source::Address(_));
        for sources in self.found.chunk_by(|a, b| is_address(a) && is_address(b)) {
            let count = Arc::clone(count);
            let on = match &sources[0] {
                Source::Address(_) => {
                    let addresses: Vec<Address> = sources.iter().filter_map(Source::address).collect();
                    fetch::visit(&addresses, way, map, &mut fetched, each)
                }
                Source::Bad(bad) => each(Err(bad.clone())),
                Source::Stdin => {
                    formats::read("standard input", Counting { inner: io::stdin(), count }, map, each)
                }
                Source::File { path, .. } => match File::open(path) {
                    Ok(inner) => {
                        formats::read(&path.display().to_string(), Counting { inner, count }, map, each)
                    }
                    Err(error) => each(Err(missing(path, &error))),
                },
            };
            if !on {
                break;
            }
        }
        fetched
    }
}

impl Source {
    fn address(&self) -> Option<Address> {
        match self {
            Self::Address(address) => Some(address.clone()),
            _ => None,
        }
    }
}

fn missing(path: &Path, error: &io::Error) -> Unreadable {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "cannot be read: there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "cannot be read: you may not; change its permissions".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Unreadable { place: at(&path.display().to_string(), 0), reason }
}

/// What stands in a folder, by name, but for what is hidden.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            entries.push(entry.path());
        }
    }
    entries.sort();
    Ok(entries)
}

struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
