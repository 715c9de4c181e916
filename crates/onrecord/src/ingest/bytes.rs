//! Streams of bytes, with gzip and zstd taken off, and with limits that no bomb gets past.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// How often something may be compressed: `news.jsonl.gz` in a `.zst` is odd, more is an attack.
const MOST_LAYERS: usize = 2;
/// Bytes that come out of a compressed stream before its ratio is looked at.
const FREE: u64 = 64 * 1024 * 1024;
/// The highest ratio past that. Text comes to about 4, lists of alike records to 30; a bomb to 1,000.
const MOST_RATIO: u64 = 200;
/// The largest window of a zstd stream, in bytes: what its reader must keep in memory.
const ZSTD_WINDOW: u64 = 32 * 1024 * 1024;

/// A stream as the readers of formats see it.
pub(super) type Stream<'a> = BufReader<Box<dyn Read + 'a>>;

/// Takes compression off a stream. What it is compressed with is told by its first bytes.
pub(super) fn open<'a>(stream: impl Read + 'a) -> io::Result<Stream<'a>> {
    let mut stream: Stream<'a> = BufReader::with_capacity(1 << 16, Box::new(stream));
    for _ in 0..MOST_LAYERS {
        let start = peek(&mut stream)?;
        let inner: Box<dyn Read + 'a> = match start {
            [0x1f, 0x8b, ..] => Box::new(Unpacked::new(MultiGzDecoder::new(Counted::new(stream)))),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(Unpacked::new(Zstd::new(Counted::new(stream)))),
            _ => return Ok(stream),
        };
        stream = BufReader::with_capacity(1 << 16, inner);
    }
    match peek(&mut stream)? {
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => Err(fault("it is compressed over and over")),
        _ => Ok(stream),
    }
}

/// The bytes that come next, without taking them: as many as are at hand, none at the end.
fn peek<'s>(stream: &'s mut Stream<'_>) -> io::Result<&'s [u8]> {
    loop {
        match stream.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(_) => return stream.fill_buf(),
        }
    }
}

/// Reads on until `limit` bytes are there or the stream ends, and says whether there is more.
pub(super) fn take(stream: &mut impl Read, limit: u64) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    let more = bytes.len() as u64 > limit;
    bytes.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok((bytes, more))
}

/// Reads a line with its end. A line longer than `limit` is passed over without being held: `None` with its length.
pub(super) fn line(stream: &mut impl BufRead, limit: usize) -> io::Result<(Option<Vec<u8>>, u64)> {
    let (mut line, mut length, mut fits) = (Vec::new(), 0, true);
    loop {
        let buffer = match stream.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        let (used, ends) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        fits &= line.len() + used <= limit;
        if fits {
            line.extend_from_slice(&buffer[..used]);
        }
        stream.consume(used);
        length += used as u64;
        if ends {
            return Ok((fits.then_some(line), length));
        }
    }
}

/// An error in what a stream holds, in words that follow its name.
pub(super) fn fault(words: impl Into<String>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, words.into())
}

/// Counts the bytes that are read of a stream.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R> Counted<R> {
    fn new(inner: R) -> Self {
        Self { inner, count: 0 }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count += amount as u64;
        self.inner.consume(amount);
    }
}

/// A decoder that knows how many bytes it was fed.
trait Decoder: Read {
    fn fed(&self) -> u64;
}

impl<R: BufRead> Decoder for MultiGzDecoder<Counted<R>> {
    fn fed(&self) -> u64 {
        self.get_ref().count
    }
}

/// A decoder whose output is watched.
struct Unpacked<D> {
    decoder: D,
    given: u64,
}

impl<D> Unpacked<D> {
    fn new(decoder: D) -> Self {
        Self { decoder, given: 0 }
    }
}

impl<D: Decoder> Read for Unpacked<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|error| match error.kind() {
            ErrorKind::Interrupted => error,
            ErrorKind::UnexpectedEof => fault("its compressed data end too early"),
            _ => fault(format!("its compressed data are damaged: {error}")),
        })?;
        self.given += read as u64;
        if self.given > FREE && self.given > MOST_RATIO * self.decoder.fed().max(1) {
            return Err(fault(format!("it unpacks to more than {MOST_RATIO} times its size")));
        }
        Ok(read)
    }
}

/// A zstd stream of any number of frames. A frame that was begun is held with its decoder, else the source alone is.
enum Zstd<R: BufRead> {
    Between(Option<R>),
    Within(Box<StreamingDecoder<R, FrameDecoder>>),
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        Self::Between(Some(source))
    }
}

impl<R: BufRead> Read for Zstd<Counted<R>> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self {
                Self::Within(decoder) => {
                    let read = decoder.read(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        return Ok(read);
                    }
                    let Self::Within(ended) = std::mem::replace(self, Self::Between(None)) else { continue };
                    *self = Self::Between(Some(ended.into_inner()));
                }
                Self::Between(source) => {
                    let Some(mut source) = source.take() else { return Ok(0) };
                    if source.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let decoder = StreamingDecoder::new_with_max_window_size(source, ZSTD_WINDOW);
                    *self = Self::Within(Box::new(decoder.map_err(|error| fault(error.to_string()))?));
                }
            }
        }
    }
}

impl<R: BufRead> Decoder for Zstd<Counted<R>> {
    fn fed(&self) -> u64 {
        match self {
            Self::Within(decoder) => decoder.get_ref().count,
            Self::Between(source) => source.as_ref().map_or(u64::MAX / MOST_RATIO, |source| source.count),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        open(bytes)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn compression_is_told_by_content() {
        assert_eq!(unpacked(b"The dam holds.").unwrap(), b"The dam holds.");
        assert_eq!(unpacked(&gzip(b"The dam holds.")).unwrap(), b"The dam holds.");
        let zstd = compress_to_vec(&b"The dam holds."[..], CompressionLevel::Fastest);
        assert_eq!(unpacked(&zstd).unwrap(), b"The dam holds.");
        assert_eq!(unpacked(&gzip(&zstd)).unwrap(), b"The dam holds.");
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let both = |pack: &dyn Fn(&[u8]) -> Vec<u8>| [pack(b"The dam "), pack(b"holds.")].concat();
        assert_eq!(unpacked(&both(&gzip)).unwrap(), b"The dam holds.");
        let zstd = |bytes: &[u8]| compress_to_vec(bytes, CompressionLevel::Fastest);
        assert_eq!(unpacked(&both(&zstd)).unwrap(), b"The dam holds.");
    }

    #[test]
    fn a_stream_that_breaks_off_is_an_error_and_so_is_a_bomb() {
        let packed = gzip(&b"The dam holds. ".repeat(1000));
        let error = unpacked(&packed[..packed.len() / 2]).unwrap_err();
        assert_eq!(error.to_string(), "its compressed data end too early");
        let bomb = gzip(&vec![0; 80 * 1024 * 1024]);
        let error = unpacked(&bomb).unwrap_err();
        assert_eq!(error.to_string(), "it unpacks to more than 200 times its size");
        let nested = gzip(&gzip(&gzip(&gzip(b"The dam holds."))));
        assert_eq!(unpacked(&nested).unwrap_err().to_string(), "it is compressed over and over");
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut stream = BufReader::new(&b"one\nmuch too long\ntwo"[..]);
        assert_eq!(line(&mut stream, 5).unwrap(), (Some(b"one\n".to_vec()), 4));
        assert_eq!(line(&mut stream, 5).unwrap(), (None, 14));
        assert_eq!(line(&mut stream, 5).unwrap(), (Some(b"two".to_vec()), 3));
        assert_eq!(line(&mut stream, 5).unwrap(), (Some(Vec::new()), 0));
    }
}
