//! The direction in which the crates depend on each other, and who may know the database and the model.

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
const DOORS: [(&str, &[&str]); 7] = [
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
