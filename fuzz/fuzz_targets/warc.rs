//! WARC archives.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"WARC/1.0\r\nWARC-Type: response\r\n"[..], bytes].concat()));
});
