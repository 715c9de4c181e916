//! Reads every text of the gold, and of any other JSON lines given, and checks that its record holds together.

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::core::Meta;
use onrecord::{Engine, verify};
use serde_json::Value;

use crate::Result;
use crate::eval::gold_folder;

/// Checks the texts of `files`, or of every `.jsonl` file of the gold when none are named.
pub(crate) fn run(files: &[PathBuf]) -> Result<()> {
    let mut paths = files.to_vec();
    if paths.is_empty() {
        paths = json_lines(&gold_folder());
    }
    if paths.is_empty() {
        println!("skipped: there is no gold in {}", gold_folder().display());
        return Ok(());
    }
    let engine = Engine::new()?;
    let middle = paths.len() / 2;
    let check_all =
        |paths: &[PathBuf]| paths.iter().map(|path| check(&engine, path)).collect::<Result<Vec<_>, _>>();
    let (early, late) = std::thread::scope(|scope| {
        let late = scope.spawn(|| check_all(&paths[middle..]));
        (check_all(&paths[..middle]), late.join())
    });
    let late = late.map_err(|_| "a text made the reader panic")?;
    let texts: usize = early?.into_iter().chain(late?).sum();
    println!("{texts} texts read; every row stands on its words");
    Ok(())
}

/// The `.jsonl` files under a folder, sorted.
pub(crate) fn json_lines(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            paths.extend(json_lines(&path));
        } else if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    paths
}

/// The number of texts in a file that were read and hold together.
fn check(engine: &Engine, path: &Path) -> Result<usize, String> {
    let lines = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut texts = 0;
    for (number, line) in lines.lines().enumerate() {
        let place =
            |fault: &dyn std::fmt::Display| format!("{}, line {}: {fault}", path.display(), number + 1);
        let item: Value = serde_json::from_str(line).map_err(|error| place(&error))?;
        let Some(text) = item["text"].as_str() else { continue };
        let published = item["published"].as_str().and_then(|date| date.get(..10)?.parse().ok());
        verify(&engine.read(text, Meta { published, ..Meta::default() })).map_err(|fault| place(&fault))?;
        texts += 1;
    }
    Ok(texts)
}
