//! Databases of earlier versions, kept as they were written: each opens, is brought up to date, and loses nothing.

use std::io::Read;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use onrecord::Engine;
use onrecord::questions::{SaidQuestion, Scope, SearchQuestion};
use onrecord::store::{SCHEMA_VERSION, Store};

/// The database of that version of the schema, unpacked into a file of its own, if there is one.
fn thaw(version: i32) -> Option<PathBuf> {
    let packed = format!("{}/tests/frozen/schema-{version}.db.gz", env!("CARGO_MANIFEST_DIR"));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(packed).ok()?;
    GzDecoder::new(file).read_to_end(&mut bytes).expect("it is whole");
    let path = std::env::temp_dir().join(format!("onrecord-frozen-{version}-{}.db", std::process::id()));
    std::fs::write(&path, bytes).expect("it can be written");
    Some(path)
}

#[test]
fn old_databases_open_and_lose_nothing() {
    let engine = Engine::new().expect("the model is there");
    let (mut version, mut thawed) = (0, 0);
    while version < SCHEMA_VERSION {
        version += 1;
        let Some(path) = thaw(version) else { continue };
        thawed += 1;
        let mut store = Store::open(&path).expect("it opens");
        // The tables of the layers may have changed since: what they held is made again from the texts.
        for hash in store.unread().expect("it can be read") {
            store.read_again(&hash, |text, meta| engine.read(text, meta)).expect("it is read");
        }
        assert_eq!(store.len().expect("it can be read"), 2, "version {version}");
        let said = SaidQuestion { by: Some("Brandt".into()), ..SaidQuestion::default() };
        assert_eq!(store.answers(&said).expect("it is answered").len(), 2, "version {version}");
        let scope = Scope { about: Some("Ministerin".into()), ..Scope::default() };
        let search = SearchQuestion { scope, ..SearchQuestion::default() };
        assert_eq!(store.search(&search).expect("it is answered").len(), 1, "version {version}");
        assert_eq!(store.check_all(&mut || ()).expect("it is checked").faults, [], "version {version}");
        if version > 1 {
            assert_eq!(store.versions("https://norvale.example/dam").expect("it is answered").len(), 1);
        }
        drop(store);
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(path.with_extension(format!("db{end}"))));
        }
    }
    assert!(thawed >= 3, "{thawed} databases were opened");
}
