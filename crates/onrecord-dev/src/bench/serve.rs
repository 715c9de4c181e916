//! `onrecord-dev bench serve`: the real binary on a database of many statements, asked over real connections.
//!
//! But for the front page and one line that says so, every request is another question, so that nothing is answered from
//! what was kept. Beside the time on the
//! clock stands the server's own processor time a request: on a machine that does other work too, only that tells.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use onrecord::questions::Scope;
use onrecord::store::Store;

use super::volume::{SPEAKERS, in_folder, opened, speaker, write_on};
use crate::Result;

/// How large a database is served, and how it is asked.
#[derive(Args)]
pub(crate) struct Serve {
    /// Statements in the database.
    #[arg(long, default_value_t = 1_000_000)]
    statements: usize,
    /// Times that each page is asked for.
    #[arg(long, default_value_t = 60)]
    pages: usize,
    /// Seconds for which the API is asked.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Connections that ask the API at once.
    #[arg(long, default_value_t = 8)]
    connections: usize,
    /// Keep the database in this file, and use it when it is there.
    #[arg(long)]
    db: Option<PathBuf>,
    /// The binary; the one beside this one when none is named.
    #[arg(long)]
    binary: Option<PathBuf>,
    /// Leave out the writer.
    #[arg(long)]
    quiet: bool,
}

/// Clock ticks a second in which Linux counts processor time.
const TICKS: f64 = 100.0;

impl Serve {
    pub(crate) fn run(&self) -> Result<()> {
        in_folder(|folder| {
            let path = self.db.clone().unwrap_or_else(|| folder.join("bench.db"));
            let store = opened(&path, self.statements)?;
            let room = Room::open(&self.binary()?, &path)?;
            println!("what\trequests\tp50 ms\tp95 ms\tp99 ms\tserver ms a request\ta second");
            self.pages(&room, &store, 0)?;
            self.api(&room, "api, other questions each", &api)?;
            self.api(&room, "api, one question", &|_| "/api/v1/statements?by=Braaab".to_owned())?;
            if !self.quiet {
                let done = AtomicBool::new(false);
                std::thread::scope(|scope| {
                    let writer = scope.spawn(|| write_on(&path, &done));
                    let asked = self
                        .pages(&room, &store, 1)
                        .and_then(|()| self.api(&room, "api, while writing", &api));
                    done.store(true, Ordering::Relaxed);
                    let written = writer.join().map_err(|_| "the writer failed")??;
                    println!("written meanwhile\t{written} reports");
                    asked
                })?;
            }
            println!("peak memory of the server\t{} MB", room.peak());
            Ok(())
        })
    }

    fn binary(&self) -> Result<PathBuf> {
        if let Some(binary) = &self.binary {
            return Ok(binary.clone());
        }
        let beside = std::env::current_exe()?.with_file_name("onrecord");
        if beside.exists() { Ok(beside) } else { Err(format!("{}: build it first", beside.display()).into()) }
    }

    fn pages(&self, room: &Room, store: &Store, round: usize) -> Result<()> {
        let first = Scope { limit: Some(SPEAKERS as u32), ..Scope::default() };
        let hashes: Vec<String> = store.reports(&first)?.into_iter().map(|report| report.hash).collect();
        let pages: [(&str, &dyn Fn(usize) -> String); 9] = [
            ("front", &|_| "/".to_owned()),
            ("search, a speaker", &|n| format!("/search?q={}+dam", speaker(n))),
            ("statements, all", &|n| format!("/statements?limit={}", 10 + n % 200)),
            ("statements, by speaker", &|n| format!("/statements?by={}", speaker(n))),
            ("statements, common words", &|n| {
                format!("/statements?about=sixty+years&limit={}", 10 + n % 200)
            }),
            ("statements, by kind, to a page", &|n| {
                format!("/statements?kind=direct&after=2026-03-04.{}.0.0", 500 + n)
            }),
            ("speaker", &|n| format!("/speaker?name=Karel+{}", speaker(n))),
            ("figures", &|n| format!("/figures?counted=people&limit={}", 10 + n % 200)),
            ("article", &|n| format!("/documents/{}", hashes[n % hashes.len()])),
        ];
        for (what, path) in pages {
            let mut connection = room.connect()?;
            let (mut times, before) = (Vec::new(), room.processor());
            for number in 0..self.pages {
                times.push(connection.get(&path((number * 37 + round * 5) % SPEAKERS))?);
            }
            report(what, &mut times, room.processor() - before, None);
        }
        Ok(())
    }

    fn api(&self, room: &Room, what: &str, path: &(dyn Fn(usize) -> String + Sync)) -> Result<()> {
        let (started, before) = (Instant::now(), room.processor());
        let (end, next) = (started + Duration::from_secs(self.seconds), AtomicUsize::new(0));
        let mut times = std::thread::scope(|scope| -> Result<Vec<f64>> {
            let ask = || -> std::io::Result<Vec<f64>> {
                let (mut connection, mut times) = (room.connect()?, Vec::new());
                while Instant::now() < end {
                    times.push(connection.get(&path(next.fetch_add(1, Ordering::Relaxed)))?);
                }
                Ok(times)
            };
            let asking: Vec<_> = (0..self.connections).map(|_| scope.spawn(ask)).collect();
            let mut all = Vec::new();
            for one in asking {
                all.extend(one.join().map_err(|_| "a connection failed")??);
            }
            Ok(all)
        })?;
        let speed = times.len() as f64 / started.elapsed().as_secs_f64();
        report(what, &mut times, room.processor() - before, Some(speed));
        Ok(())
    }
}

/// The API's address for one of many questions: by a speaker, from a place, of a limit.
fn api(number: usize) -> String {
    let (who, limit) = (speaker(number * 7), 10 + number / SPEAKERS % 40);
    format!("/api/v1/statements?by={who}&limit={limit}")
}

fn report(what: &str, times: &mut [f64], processor: f64, speed: Option<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let each = processor * 1e3 / times.len().max(1) as f64;
    let speed = speed.map(|speed| format!("{speed:.0}")).unwrap_or_default();
    println!("{what}\t{}\t{:.1}\t{:.1}\t{:.1}\t{each:.2}\t{speed}", times.len(), at(50), at(95), at(99));
}

/// A running server, ended with this.
struct Room {
    process: Child,
    address: String,
}

impl Room {
    fn open(binary: &Path, db: &Path) -> Result<Self> {
        let mut process = Command::new(binary)
            .args(["serve", "--port", "0", "--db"])
            .arg(db)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        let mut said = String::new();
        if let Some(out) = process.stdout.take() {
            BufReader::new(out).read_line(&mut said)?;
        }
        let address = said.split("http://").nth(1).and_then(|rest| rest.split(';').next()).map(str::to_owned);
        let room = Self { process, address: address.ok_or_else(|| format!("the server said `{said}`"))? };
        // It counts the database first; what is measured is how it answers when that is done.
        while !room.connect()?.text("/metrics")?.contains("onrecord_reports ") {
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(room)
    }

    fn connect(&self) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        Ok(Connection { host: self.address.clone(), reader: BufReader::new(stream) })
    }

    /// Processor time that the server has had, in seconds.
    fn processor(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = [11, 12].map(|index| fields.get(index).and_then(|ticks| ticks.parse::<f64>().ok()));
        ticks.into_iter().flatten().sum::<f64>() / TICKS
    }

    /// The most memory that the server had, in megabytes.
    fn peak(&self) -> String {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A connection that stays open between requests.
struct Connection {
    host: String,
    reader: BufReader<TcpStream>,
}

impl Connection {
    /// Asks for a page, which must be answered well. Answers the milliseconds that it took.
    fn get(&mut self, path: &str) -> std::io::Result<f64> {
        let started = Instant::now();
        self.text(path)?;
        Ok(started.elapsed().as_secs_f64() * 1e3)
    }

    fn text(&mut self, path: &str) -> std::io::Result<String> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.reader.get_mut().write_all(request.as_bytes())?;
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let from = head.len();
            if self.reader.read_line(&mut head)? == 0 {
                return Err(std::io::Error::other(format!("{path}: the connection ended")));
            }
            if let Some(value) = head[from..].to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        if !head.starts_with("HTTP/1.1 200") {
            let said = String::from_utf8_lossy(&body);
            return Err(std::io::Error::other(format!("{path}: {head}{said}")));
        }
        String::from_utf8(body).map_err(std::io::Error::other)
    }
}
