//! What README and guide show is what the program prints: every `console` block is run. Run the tests with `BLESS=1` to
//! put the output of today into them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");

/// The end of an article that stands in a block: `onrecord read - <<END`.
const END: &str = "END";

#[test]
fn the_readme_shows_what_the_program_prints() {
    assert_true("README.md");
}

#[test]
fn the_guide_shows_what_the_program_prints() {
    assert_true("docs/guide.md");
}

#[track_caller]
fn assert_true(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let run = with_output(&page, &name.replace('/', "-"));
    assert!(run.matches("```console").count() >= 2, "{name} shows the program at work");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &run).expect("the page can be written");
        return;
    }
    let difference = run.lines().zip(page.lines()).find(|(run, shown)| run != shown);
    assert!(
        run == page,
        "{name} is out of date, first at {difference:?}: run `BLESS=1 cargo test -p onrecord-cli --test pages`"
    );
}

/// The page with what the commands of its blocks print; all of them work in one fresh folder that has the examples.
fn with_output(page: &str, name: &str) -> String {
    let desk = std::env::temp_dir().join(format!("onrecord-{name}-{}", std::process::id()));
    let examples = desk.join("examples");
    std::fs::create_dir_all(&examples).expect("there is a place for temporary files");
    for entry in std::fs::read_dir(EXAMPLES).expect("the examples are there").flatten() {
        std::fs::copy(entry.path(), examples.join(entry.file_name())).expect("an example can be copied");
    }
    let mut written = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        written += line;
        written.push('\n');
        if line == "```console" {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            written += &played(&block, &desk);
            written += "```\n";
        }
    }
    std::fs::remove_dir_all(&desk).expect("the folder is ours");
    written
}

/// A block with the output of its commands; a command starts with `$ `, and an article may follow it up to `END`.
fn played(block: &[&str], desk: &Path) -> String {
    let mut written = String::new();
    let mut lines = block.iter().peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ onrecord ") else { continue };
        written += &format!("{line}\n");
        let mut article = String::new();
        let command = match command.split_once(" <<") {
            Some((command, _)) => {
                for line in lines.by_ref().take_while(|line| **line != END) {
                    article += &format!("{line}\n");
                }
                written += &format!("{article}{END}\n");
                command
            }
            None => command,
        };
        written += &output(command, &article, desk);
        let another = lines.clone().any(|line| line.starts_with("$ "));
        written += if another { "\n" } else { "" };
    }
    written
}

/// What a command prints, or the last lines of it.
fn output(command: &str, input: &str, desk: &Path) -> String {
    let (command, last) = match command.split_once(" | tail -") {
        Some((command, last)) => (command, last.parse().expect("a number of lines")),
        None => (command, usize::MAX),
    };
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(words(command))
        .current_dir(desk)
        .env("COLUMNS", "80")
        .env_remove("ONRECORD_DB")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "`onrecord {command}` ends with {}", output.status);
    let text = String::from_utf8(output.stdout).expect("it writes UTF-8");
    let skipped = text.lines().count().saturating_sub(last);
    text.lines().skip(skipped).map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Words as a shell sees them, as far as the README needs it: quotation marks hold words together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("there is one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
