//! Tables.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"url,title,text,published\n"[..], bytes].concat()));
});
