//! JSON feeds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"{\"version\": \"https://jsonfeed.org/version/1.1\", "[..], bytes].concat()));
});
