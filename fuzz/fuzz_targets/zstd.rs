//! Streams compressed with zstd.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"\x28\xb5\x2f\xfd"[..], bytes].concat()));
});
