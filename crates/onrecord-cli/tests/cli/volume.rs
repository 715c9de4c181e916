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
    desk.run("check").finds("1 reports with ");
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
