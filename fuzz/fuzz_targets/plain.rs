//! Plain text in any charset.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"The dam: "[..], bytes].concat()));
});
