//! The reading room as a process: what it refuses, how it answers, and how it goes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::desk::Desk;

struct Room {
    process: Child,
    address: String,
}

impl Room {
    fn open(desk: &Desk) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["serve", "--port", "0", "--db"])
            .arg(desk.path("onrecord.db"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut said = String::new();
        BufReader::new(process.stdout.take().expect("it is piped"))
            .read_line(&mut said)
            .expect("it says where");
        let address = said.split("http://").nth(1).and_then(|rest| rest.split(';').next());
        Self { address: address.unwrap_or_else(|| panic!("it said {said}")).to_owned(), process }
    }

    fn send(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it takes a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn another_address_needs_a_token() {
    let desk = Desk::with_dam();
    desk.run("serve --host 0.0.0.0").fails("0.0.0.0 can be reached from other machines: give a --token");
    desk.run("serve --host 0.0.0.0 --token short")
        .fails("the token can be guessed: give one of 16 characters");
    desk.run("serve --db nothing.db").fails("there is no database nothing.db");
}

#[test]
fn it_answers_and_refuses_what_is_no_request() {
    let desk = Desk::with_dam();
    let room = Room::open(&desk);
    let get = |path: &str| {
        room.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    };
    assert!(get("/").starts_with("HTTP/1.1 200 OK"), "{}", get("/"));
    assert!(get("/api/v1/statements").contains("Karel Brandt"));
    assert!(room.send("GET / HTTP/9\r\n\r\n").starts_with("HTTP/1.1 400"));
    let long = room.send(&format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(40_000)));
    assert!(long.starts_with("HTTP/1.1 431") || long.starts_with("HTTP/1.1 414"), "{long}");
    let large = "POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 99999999\r\n\r\n";
    assert!(room.send(large).starts_with("HTTP/1.1 413"));
    // Connections that are only held do not keep others out.
    let idle: Vec<TcpStream> =
        (0..300).map(|_| TcpStream::connect(&room.address).expect("it listens")).collect();
    assert!(get("/healthz").contains("\"ok\""));
    drop(idle);
}

#[cfg(unix)]
#[test]
fn it_closes_when_it_is_told_to() {
    let desk = Desk::with_dam();
    let mut room = Room::open(&desk);
    let id = room.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
    assert_eq!(room.process.wait().expect("it ends").code(), Some(0));
}
