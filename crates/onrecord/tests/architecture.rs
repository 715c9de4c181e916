//! The direction in which the crates depend on each other, who may know the database and the model, and the page that says so.

use std::collections::BTreeMap;
use std::path::Path;

/// For each crate, the crates of the project that it may use.
const DIRECTION: [(&str, &[&str]); 5] = [
    ("onrecord-nlp", &[]),
    ("onrecord-core", &["onrecord-nlp"]),
    ("onrecord", &["onrecord-core", "onrecord-nlp"]),
    ("onrecord-cli", &["onrecord"]),
    ("onrecord-dev", &["onrecord", "onrecord-core", "onrecord-nlp"]),
];

/// Crates that touch the world, each with the only crates that may use it.
const DOORS: [(&str, &[&str]); 9] = [
    ("ureq", &["onrecord"]),
    ("parquet", &["onrecord"]),
    ("rusqlite", &["onrecord"]),
    ("clap", &["onrecord-cli", "onrecord-dev"]),
    ("anstream", &["onrecord-cli"]),
    ("axum", &["onrecord-cli"]),
    ("hyper", &["onrecord-cli"]),
    ("tokio", &["onrecord-cli"]),
    ("askama", &["onrecord-cli"]),
];

/// The crates of the workspace with the names of what they depend on, tests and build scripts included.
fn crates() -> BTreeMap<String, Vec<String>> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let folders = std::fs::read_dir(folder).expect("the crates are there").flatten();
    let names = folders.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    let manifests =
        names.filter_map(|(name, path)| Some((name, std::fs::read_to_string(path.join("Cargo.toml")).ok()?)));
    manifests.map(|(name, manifest)| (name, dependencies(&manifest))).collect()
}

/// The names before `=` or `.workspace` in the sections of dependencies.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && let Some((name, _)) = line.split_once('=') {
            names.push(name.trim().trim_end_matches(".workspace").to_owned());
        }
    }
    names
}

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let crates = crates();
    assert_eq!(
        crates.len(),
        DIRECTION.len(),
        "a new crate takes its place in the list above: {:?}",
        crates.keys()
    );
    for (name, allowed) in DIRECTION {
        let own = crates[name].iter().filter(|used| crates.contains_key(*used));
        for used in own {
            assert!(allowed.contains(&used.as_str()), "`{name}` may not depend on `{used}`");
        }
    }
}

#[test]
fn each_door_to_the_world_has_one_keeper() {
    for (name, used) in crates() {
        for (door, keepers) in DOORS {
            let uses = used.iter().any(|used| used == door);
            assert!(!uses || keepers.contains(&name.as_str()), "`{name}` may not depend on `{door}`");
        }
    }
}

/// The names in backquotes on a page.
fn quoted(page: &str) -> impl Iterator<Item = &str> {
    page.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn the_architecture_page_is_true() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let page = std::fs::read_to_string(root.join("ARCHITECTURE.md")).expect("the page is there");
    for path in quoted(&page).filter(|name| name.starts_with("crates/")) {
        assert!(root.join(path).exists(), "ARCHITECTURE.md names `{path}`, which is not there");
    }
    let (_, invariants) = page.split_once("## What always holds").expect("the page has invariants");
    let (table, _) = invariants.split_once("## ").expect("another heading follows");
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| ") && line.contains('`')).collect();
    assert!(rows.len() > 10, "{rows:?}");
    let mut sources = String::new();
    read_sources(&root.join("crates"), &mut sources);
    for row in rows {
        let (_, tests) = row.trim_end_matches(" |").rsplit_once(" | ").expect("a row has two columns");
        assert!(quoted(tests).count() > 0, "no test holds: {row}");
        for test in quoted(tests) {
            assert!(sources.contains(&format!("fn {test}(")), "ARCHITECTURE.md names a test `{test}`");
        }
    }
}

/// Adds every Rust file under a folder of crates.
fn read_sources(folder: &Path, sources: &mut String) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push_str(&std::fs::read_to_string(&path).unwrap_or_default());
        }
    }
}
