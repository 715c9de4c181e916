//! Properties of the readers that hold for any bytes, and streams made to fill memory.

use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::fields::Map;
use super::formats;
use super::texts;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A good file of each format.
fn samples() -> Vec<Vec<u8>> {
    let html = "<!DOCTYPE html><html><head><title>Dam</title><meta property=\"article:published_time\" content=\"2026-03-04\">\
        <script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Dam\"}</script></head><body>\
        <article><h1>Dam</h1><p>The dam at Orrin will hold, Karel Brandt said &mdash; after a night of rain.</p></article></body>";
    let rss = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>L</title><link>/</link><description>N</description>\
        <item><title>Dam</title><link>/dam</link><pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate><description>\
        &lt;p&gt;It holds.&lt;/p&gt;</description></item></channel></rss>";
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://w.example/\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let json = "{\"title\": \"Dam\", \"text\": \"It holds.\", \"published\": \"2026-03-04\"}\n".repeat(3);
    let csv = "title,text\nDam,\"It \"\"holds\"\".\"\nMine,It is shut.\n";
    let all =
        [html, rss, &warc, &json, csv, "The dam holds, he said.\n"].map(|text| text.as_bytes().to_vec());
    let packed = [gzip(warc.as_bytes()), compress_to_vec(json.as_bytes(), CompressionLevel::Fastest)];
    all.into_iter().chain(packed).collect()
}

#[test]
fn the_samples_are_good() {
    for sample in samples() {
        let texts = texts("sample", &sample);
        assert!(!texts.is_empty() && texts.iter().all(Result::is_ok), "{texts:?}");
    }
}

/// What begins as each format does, before bytes of all kinds.
const STARTS: [&[u8]; 9] = [
    b"",
    b"<!DOCTYPE html><html>",
    b"<rss><channel><item>",
    b"{\"version\": \"https://jsonfeed.org/version/1.1\", ",
    b"{\"text\": ",
    b"title,text\n",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\n",
    b"\x1f\x8b\x08\0",
    b"\x28\xb5\x2f\xfd",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(start in 0..STARTS.len(), bytes in vec(any::<u8>(), 0..400)) {
        drop(texts("bytes", &[STARTS[start], &bytes].concat()));
    }

    #[test]
    fn any_text_is_read_or_refused(start in 0..STARTS.len(), text in "[<>/a-z=\"' &;{}:,\\\\\r\n\u{0}é\u{202e}]{0,300}") {
        drop(texts("text", &[STARTS[start], text.as_bytes()].concat()));
    }

    /// A file that breaks off gives what stood before, and no more.
    #[test]
    fn a_file_that_breaks_off_gives_no_more_than_the_whole(sample in 0..8_usize, share in 0.0..1.0) {
        let sample = &samples()[sample];
        let cut = (sample.len() as f64 * share) as usize;
        let good = |texts: Vec<Result<String, String>>| texts.into_iter().filter(Result::is_ok).count();
        prop_assert!(good(texts("cut", &sample[..cut])) <= good(texts("whole", sample)).max(1));
    }

    #[test]
    fn a_file_with_damage_is_read_or_refused(sample in 0..8_usize, damage in vec((0.0..1.0, any::<u8>()), 1..8)) {
        let mut sample = samples().swap_remove(sample);
        for (share, byte) in damage {
            let at = (sample.len() as f64 * share) as usize;
            sample[at] = byte;
        }
        drop(texts("damaged", &sample));
    }
}

/// Streams of two gigabytes that hold one thing which never ends: nothing of them is kept, and they take seconds.
#[test]
fn what_never_ends_is_passed_over() {
    const LENGTH: u64 = 2 << 30;
    let packed = {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        io::copy(&mut io::repeat(b' ').take(LENGTH / 8), &mut encoder).unwrap();
        encoder.finish().unwrap()
    };
    let starts: [&[u8]; 7] = [
        b"The dam ",
        b"<html><body><p>",
        b"<rss><channel>",
        b"{\"text\": \"",
        b"title,text\n\"",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2147000000\r\n\r\n",
        &packed,
    ];
    for start in starts {
        let begun = Instant::now();
        let (mut good, mut bad) = (0, 0);
        formats::read("stream", start.chain(io::repeat(b'a').take(LENGTH)), &Map::default(), &mut |found| {
            let count = if found.is_ok() { &mut good } else { &mut bad };
            *count += 1;
            true
        });
        let start = String::from_utf8_lossy(&start[..start.len().min(20)]);
        assert!(good == 0 && bad >= 1, "{start}: {good} good, {bad} bad");
        assert!(begun.elapsed() < Duration::from_secs(120), "{start}: {:?}", begun.elapsed());
    }
}
