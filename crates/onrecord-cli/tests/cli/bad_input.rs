//! What cannot be read is named with the way out; everything else goes on, and nothing that was kept is lost.

use crate::desk::{DAM, Desk};

/// Where SQLite keeps the version of the schema, in the header of the file.
const USER_VERSION: usize = 60;
/// Where SQLite keeps the mark of the program.
const APPLICATION_ID: usize = 68;

#[test]
fn a_file_that_is_not_there() {
    Desk::new().run("read gone.txt").fails("gone.txt cannot be read: there is no such file\n");
}

#[test]
fn a_folder_in_place_of_a_file() {
    Desk::new().run("read .").fails(". is a folder: name the files in it, such as ./*.txt\n");
}

#[test]
fn an_empty_file() {
    for content in ["", "\n \r\n\t"] {
        Desk::new()
            .with("a.txt", content)
            .run("read a.txt")
            .fails("a.txt is empty: there is nothing to read\n");
    }
}

#[test]
fn a_picture() {
    let desk = Desk::new().with("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.run("read a.png").fails("a.png is no text: byte 8 is zero; give the text alone, saved as UTF-8\n");
}

#[test]
fn a_zero_byte_in_a_text() {
    let desk = Desk::new().with("a.txt", "The dam\0 holds.");
    desk.run("read a.txt").fails("a.txt is no text: byte 7 is zero;");
}

#[test]
fn a_text_in_an_older_encoding() {
    let desk = Desk::new().with("a.txt", b"The dam holds.\nThe Caf\xe9 is open.");
    let ran = desk.run("read a.txt").fails("a.txt is not in UTF-8: byte 22, in line 2, is 0xe9;");
    assert!(ran.err.contains("iconv -f WINDOWS-1252 -t UTF-8"), "{ran:?}");
}

#[test]
fn a_text_in_utf_16() {
    let desk = Desk::new().with("a.txt", b"\xff\xfeT\0h\0e\0");
    desk.run("read a.txt").fails("a.txt is in UTF-16: save it as UTF-8, with `iconv -f UTF-16 -t UTF-8`\n");
}

/// Reading a line takes memory for all of it: what is longer than any report is refused before it takes any.
#[test]
fn fifty_megabytes_in_one_line() {
    let desk = Desk::new().with("a.txt", "The dam holds. ".repeat(50 * 1024 * 1024 / 15));
    desk.run("read a.txt").fails("a.txt is longer than 8 MB, which no report is: cut it into reports\n");
}

#[test]
fn strange_text_is_read_all_the_same() {
    let texts = [
        "“It holds, the minister said.\n”””« ‘",
        "قال الوزير: «السد صامد».",
        "\u{202e}dloh lliw maD\u{202c}",
        "🙂 \u{1}\u{7f} ((((",
        "\"\"\"\"\"\"\"\"",
    ];
    for text in texts {
        let desk = Desk::new().with("a.txt", text);
        desk.run("read a.txt").finds("a.txt");
        let ran = desk.run("read a.txt --jsonl --layer tokens --layer sections");
        assert_eq!(ran.code, 0, "{ran:?}");
    }
}

/// A report may hold what would steer a terminal: it is not written there, but stays in the text and in JSON.
#[test]
fn text_that_steers_a_terminal() {
    let desk = Desk::new().with("a.txt", "\u{1b}[2JThe dam holds\n\nIt holds, he said.\n");
    let ran = desk.run("read a.txt").finds("a.txt");
    assert!(!ran.out.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn several_files_of_which_some_cannot_be_read() {
    let desk = Desk::new().with("a.txt", DAM).with("b.txt", "").with("c.txt", "The dam holds.\n");
    let ran = desk.run("add a.txt b.txt gone.txt c.txt");
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "onrecord: b.txt is empty: there is nothing to read\n\
         onrecord: gone.txt cannot be read: there is no such file\n\
         onrecord: 2 of 4 reports could not be added; the others were\n"
    );
    assert_eq!(desk.run("documents --json").json().as_array().map(Vec::len), Some(2));
}

#[test]
fn a_database_that_is_not_there() {
    Desk::new()
        .run("said --db news.db")
        .fails("there is no database news.db: make one with `onrecord add FILE");
}

#[test]
fn a_database_in_a_folder_that_is_not_there() {
    let desk = Desk::new().with("a.txt", DAM);
    desk.run("add a.txt --db gone/news.db").fails("gone/news.db cannot be made: there is no folder gone;");
    desk.run("add a.txt --db .").fails(". is a folder: name a file in it, such as ./news.db\n");
}

#[test]
fn a_file_that_is_no_database() {
    let desk = Desk::new().with("a.txt", DAM);
    desk.run("add a.txt --db a.txt").fails("a.txt is no database: name another file with --db\n");
    assert_eq!(std::fs::read_to_string(desk.path("a.txt")).expect("it is there"), DAM);
}

#[test]
fn a_database_of_another_program() {
    let desk = Desk::with_dam();
    desk.patch("onrecord.db", APPLICATION_ID, 0);
    desk.run("said").fails("onrecord.db is a database of another program: name another file with --db\n");
}

#[test]
fn a_database_from_a_newer_version() {
    let desk = Desk::with_dam();
    desk.patch("onrecord.db", USER_VERSION, 99);
    let ran = desk.run("said").fails("onrecord.db was made by a newer onrecord (its schema is version 99,");
    assert!(ran.err.contains("use the newer program"), "{ran:?}");
    desk.run("add dam.txt").fails("onrecord.db was made by a newer onrecord");
}

#[test]
fn a_damaged_database() {
    let desk = Desk::with_dam();
    for place in 25..1000 {
        desk.patch("onrecord.db", 4 * place, u32::MAX);
    }
    desk.run("said").fails("onrecord.db is damaged:");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written() {
    let desk = Desk::new().with("a.txt", DAM);
    desk.run("add a.txt --db /proc/news.db")
        .fails("/proc/news.db cannot be opened: see that its folder exists");
}

#[test]
fn arguments_that_make_no_sense() {
    let desk = Desk::new().with("a.txt", DAM);
    for (arguments, message) in [
        ("read a.txt --published yesterday", "give the day as 2026-03-04"),
        ("read a.txt --published 2026-02-30", "give the day as 2026-03-04"),
        ("read a.txt --published 2026-03", "give the day as 2026-03-04"),
        ("said --since lately", "`lately` is no date"),
        ("said --kind shouted", "direct, mixed, indirect"),
        ("read", "<FILE>..."),
        ("read a.txt --json --csv", "cannot be used with"),
        ("read a.txt --layer moods", "sections"),
        ("read a.txt --csv --layer times --layer figures", "a CSV file holds one table: give one --layer"),
    ] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 2, "{arguments}: {ran:?}");
        assert!(ran.err.contains(message), "{arguments}: {ran:?}");
    }
}
