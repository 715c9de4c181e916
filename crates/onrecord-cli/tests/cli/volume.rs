//! Many reports at once: archives, versions, search, export, check, and being killed on the way.

use std::io::Read;

use crate::desk::Desk;

fn page(people: u32) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Dam will hold</title>\
         <link rel=\"canonical\" href=\"https://norvale.example/dam\"></head><body><article><h1>Dam will hold</h1>\
         <p>The dam at Orrin will hold, Interior Minister Karel Brandt said on Tuesday, after a night of rain.</p>\
         <p>Nearly {people} people have left the valley since Monday, and the road to the north is closed.</p>\
         <p>“It has held for sixty years,” Brandt told reporters who had come to the town to see the water rise.</p>\
         </article></body></html>"
    )
}

fn records(count: usize) -> String {
    let record = |i| {
        format!("{{\"url\": \"https://w.example/{i}\", \"text\": \"Well {i} is dry, Olin Madsen said.\"}}\n")
    };
    (0..count).map(record).collect()
}

#[test]
fn each_record_of_a_file_is_a_report() {
    let desk = Desk::new().with("wells.jsonl", records(3));
    let ran = desk.run("add wells.jsonl --csv").finds("file,status,report\n");
    assert_eq!(ran.out.lines().count(), 4);
    assert!(ran.out.contains("\"wells.jsonl, byte "), "{ran:?}");
    desk.run("said --by Madsen").finds("Well 2 is dry");
}

#[test]
fn fields_go_by_other_names() {
    let desk = Desk::new().with("a.csv", "head,body\nWell dry,\"The well is dry, Olin Madsen said.\"\n");
    desk.run("add a.csv --map text=body --map title=head").finds("added");
    desk.run("documents").finds("Well dry");
    desk.run("add a.csv --map words=body").fails("`words=body` is no mapping: give one as text=body;");
}

#[test]
fn a_page_that_changed_has_two_versions() {
    let desk = Desk::new().with("1.html", page(300)).with("2.html", page(450));
    desk.run("add 1.html 2.html").finds("2.html: added");
    let ran = desk.run("versions https://norvale.example/dam --diff").finds("Version 2");
    assert!(ran.out.contains("Nearly 300") || ran.out.contains("300"), "{ran:?}");
    let versions = desk.run("versions https://norvale.example/dam --diff --json").json();
    assert_eq!(versions.as_array().map(Vec::len), Some(2));
    assert_eq!(versions[1]["changes"][0]["change"], "changed", "{versions:#}");
    desk.run("versions https://norvale.example/else").finds_nothing();
}

#[test]
fn words_are_found_with_the_passage_around_them() {
    let desk = Desk::with_dam();
    desk.run("search valley --outlet norvale").finds("have left the valley");
    let hits = desk.run("search people --json").json();
    let found =
        hits[0]["snippet"].as_array().expect("it has pieces").iter().find(|piece| piece["found"] == true);
    assert_eq!(found.map(|piece| piece["words"].clone()), Some("people".into()));
    desk.run("search people --offset 1").finds_nothing();
    desk.run("search sea").finds_nothing();
}

#[test]
fn tables_are_exported_whole() {
    let desk = Desk::with_dam();
    let ran = desk.run("export statements --csv").finds("id,document,words,start,end,");
    assert!(ran.out.lines().count() >= 3, "{ran:?}");
    desk.run("export").fails("several tables need a folder");
    assert_eq!(desk.run("export --to out").code, 0);
    let documents = std::fs::read_to_string(desk.path("out/documents.jsonl")).expect("it is there");
    assert!(documents.contains("\"outlet\":\"Norvale Wire\""), "{documents}");
}

#[test]
fn a_database_is_checked() {
    let desk = Desk::with_dam();
    desk.run("check").finds("1 report with ");
}

/// What a killed run leaves behind is whole, and the next run adds what is missing and nothing twice.
#[test]
fn a_run_that_is_killed_goes_on_where_it_stopped() {
    const COUNT: usize = 300;
    let desk = Desk::new().with("wells.jsonl", records(COUNT));
    for round in 0..6 {
        let mut child =
            desk.command("add wells.jsonl --jsonl --threads 2").spawn().expect("the command starts");
        let mut out = child.stdout.take().expect("it has an output");
        // Each round is killed a little later, wherever in a batch that may be.
        let mut some = vec![0; 1 + 9000 * round];
        drop(out.read_exact(&mut some));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if desk.path("onrecord.db").exists() {
            let ran = desk.run("check");
            assert_eq!(ran.code, 0, "{ran:?}");
        }
    }
    assert_eq!(desk.run("add wells.jsonl --jsonl").code, 0);
    assert_eq!(desk.run("documents --jsonl").out.lines().count(), COUNT);
    let sightings = desk.run("export sightings --jsonl");
    assert_eq!(sightings.out.lines().count(), COUNT);
    assert_eq!(desk.run("check").code, 0);
}

#[test]
fn what_was_said_is_searched_by_speaker_and_kind() {
    let desk = Desk::with_dam();
    desk.run("search held --by Brandt").finds("It has held for sixty years");
    desk.run("search held --kind direct").finds("held");
    desk.run("search held --kind indirect").finds_nothing();
    desk.run("search held --by Madsen").finds_nothing();
    let hits = desk.run("search held --statements --json").json();
    let statement = hits[0]["statement"].as_str().expect("it has one").to_owned();
    desk.run(&format!("why {statement}")).finds("It has held for sixty years");
}

#[cfg(feature = "parquet")]
#[test]
fn tables_are_exported_as_parquet() {
    let desk = Desk::with_dam();
    assert_eq!(desk.run("export --parquet --to out").code, 0);
    for table in ["documents", "statements", "failures"] {
        let bytes = std::fs::read(desk.path(&format!("out/{table}.parquet"))).expect("it is there");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{table}");
    }
    let ran = desk.command("export figures --parquet").output().expect("it runs");
    assert!(ran.stdout.starts_with(b"PAR1"), "{ran:?}");
}

#[test]
fn reports_kept_for_later_are_read_when_asked_for() {
    let desk = Desk::new().with("wells.jsonl", records(80));
    desk.run("add wells.jsonl --later --jsonl").finds("added");
    desk.run("said --by Madsen").finds_nothing();
    desk.run("refresh --threads 2").finds("80 of 80 reports were read again");
    desk.run("said --by Madsen").finds("Well 79 is dry");
    desk.run("refresh").finds("0 of 80 reports were read again");
    assert_eq!(desk.run("check").code, 0);
}

/// Ctrl-C lets the run write what is in hand; the next run adds the rest.
#[cfg(unix)]
#[test]
fn a_run_that_is_interrupted_says_so_and_goes_on_later() {
    const COUNT: usize = 20_000;
    let desk = Desk::new().with("wells.jsonl", records(COUNT));
    let mut child = desk.command("add wells.jsonl --jsonl --later").spawn().expect("the command starts");
    let mut out = child.stdout.take().expect("it has an output");
    out.read_exact(&mut [0; 2000]).expect("it tells what it adds");
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.expect("there is a `kill`").success());
    std::io::copy(&mut out, &mut std::io::sink()).expect("it can be read");
    let output = child.wait_with_output().expect("it ends");
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{words}");
    assert!(words.contains("finishing what is in hand"), "{words}");
    assert!(words.contains("stopped before the end: start it again to go on"), "{words}");
    assert_eq!(desk.run("check").code, 0);
    assert_eq!(desk.run("add wells.jsonl --later --jsonl").code, 0);
    assert_eq!(desk.run("documents --jsonl").out.lines().count(), COUNT);
}

/// More than two gigabytes through a pipe, with less memory than that.
#[cfg(target_os = "linux")]
#[test]
fn a_stream_without_end_is_refused_in_little_memory() {
    let desk = Desk::new();
    let command = format!(
        "ulimit -v 1500000; (printf '{{\"text\": \"'; head -c 2200000000 /dev/zero | tr '\\0' 'a') | '{}' add - --threads 1",
        env!("CARGO_BIN_EXE_onrecord")
    );
    let output = std::process::Command::new("sh").args(["-c", &command]).current_dir(desk.path("")).output();
    let output = output.expect("there is a shell");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("standard input is a line of 2200000010 bytes, which no report is"), "{words}");
}
