//! Web pages, with the extractor, the dates and the map back to their bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"<!DOCTYPE html><html>"[..], bytes].concat()));
});
