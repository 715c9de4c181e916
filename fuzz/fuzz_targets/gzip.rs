//! Streams compressed with gzip.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"\x1f\x8b\x08"[..], bytes].concat()));
});
