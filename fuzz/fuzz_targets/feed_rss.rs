//! RSS feeds.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    drop(onrecord::ingest::texts("fuzz", &[&b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><item>"[..], bytes].concat()));
});
