//! Pages and feeds of a server on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use crate::desk::Desk;

/// Starts a server that lasts as long as the tests do. Its feed has a page that is another each time it is asked for;
/// its desk is not for programs.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let home = format!("http://{}", listener.local_addr().expect("it has an address"));
    std::thread::spawn(move || {
        let mut count = 0;
        for mut stream in listener.incoming().flatten() {
            let mut first = String::new();
            drop(BufReader::new(&stream).read_line(&mut first));
            let body = match first.split(' ').nth(1) {
                Some("/robots.txt") => "User-agent: *\nDisallow: /desk\n".to_owned(),
                Some("/feed") => FEED.to_owned(),
                Some("/dam") => {
                    count += 1;
                    page(count)
                }
                _ => page(0),
            };
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            drop(stream.write_all((head + &body).as_bytes()));
        }
    });
    home
}

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Lantern</title><link>/</link>\
    <description>News</description><item><title>Dam</title><link>/dam</link><description>Short.</description></item>\
    </channel></rss>";

fn page(people: u32) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Dam will hold</title></head><body><article><h1>Dam will hold</h1>\
         <p>The dam at Orrin will hold, Interior Minister Karel Brandt said on Tuesday, after a night of rain.</p>\
         <p>Nearly {} people have left the valley since Monday, and the road to the north is closed.</p>\
         </article></body></html>",
        people * 100
    )
}

#[test]
fn the_pages_of_a_feed_are_fetched_and_their_versions_kept() {
    let (desk, home) = (Desk::new(), serve());
    let ran =
        desk.run(&format!("fetch {home}/feed --delay 0")).finds(&format!("{home}/dam: added as report"));
    assert_eq!(ran.out.lines().count(), 1, "{ran:?}");
    desk.run(&format!("fetch {home}/feed --delay 0")).finds("added as report");
    desk.run(&format!("versions {home}/dam --diff")).finds("Version 2");
    desk.run("documents --jsonl").finds("\"outlet\":\"Lantern\"");
}

#[test]
fn an_address_can_be_added_among_files() {
    let (desk, home) = (Desk::new().with("a.txt", "The well is dry, Olin Madsen said."), serve());
    let ran = desk.run(&format!("add a.txt {home}/page {home}/feed --delay 0"));
    assert_eq!((ran.code, ran.out.matches("added as report").count()), (0, 3), "{ran:?}");
}

#[test]
fn what_may_not_be_fetched_is_named_and_kept_among_the_failures() {
    let (desk, home) = (Desk::new(), serve());
    let ran = desk.run(&format!("fetch {home}/desk/1 --delay 0"));
    ran.fails(&format!("{home}/desk/1 is not for programs: its host's robots.txt says so"));
    desk.run("export failures --csv").finds("robots.txt says so");
    desk.run("fetch ftp://norvale.example/").fails("ftp://norvale.example/ is no address of the web");
    desk.run("fetch http://norvale.example/ --delay=-1").fails("--delay -1 is no number of seconds");
}

#[test]
fn feeds_are_watched_round_by_round() {
    let (home, list) = (serve(), "# feeds of the valley\n\n");
    let desk = Desk::new().with("feeds.txt", format!("{list}{home}/feed\n"));
    let ran = desk.run("watch --list feeds.txt --every 1s --rounds 2 --delay 0").finds("added as report");
    assert!(ran.err.contains("2 rounds: 2 reports added, 0 could not be"), "{ran:?}");
    desk.run("watch --list none.txt").fails("none.txt cannot be read");
    desk.run("watch norvale.example").fails("norvale.example is no address of the web: give it whole");
    let ran = desk.run(&format!("watch {home}/feed --every soon"));
    assert!(ran.code == 2 && ran.err.contains("`soon` is no length of time"), "{ran:?}");
}
