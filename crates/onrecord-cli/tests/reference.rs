//! `docs/reference.md` lists every command, layer, column and table. It is made from the program, so that it is never
//! out of date: run the tests with `BLESS=1` to write it again.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use onrecord::core::{Type, layers};
use onrecord::{record, rules, store};

const HEAD: &str = "\
# Reference

Every command, layer and table, and every rule that makes rows. This page is generated from the program:
`BLESS=1 cargo test -p onrecord-cli --test reference` writes it again.
";

#[test]
fn the_reference_is_up_to_date() {
    let wanted =
        [HEAD.to_owned(), commands(), layers_and_columns(), json(), database(), rule_list()].join("\n");
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference.md"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &wanted).expect("the reference can be written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    let difference = wanted.lines().zip(there.lines()).find(|(wanted, there)| wanted != there);
    assert!(
        wanted == there,
        "docs/reference.md is out of date, first at {difference:?}: \
         run `BLESS=1 cargo test -p onrecord-cli --test reference`"
    );
}

fn commands() -> String {
    let top = help(&[]);
    let mut page = format!("## Commands\n\n```text\n{top}```\n");
    let listed = top.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        write!(page, "\n### onrecord {name}\n\n```text\n{}```\n", help(&[name])).expect("a string takes all");
    }
    page
}

fn help(command: &[&str]) -> String {
    let mut run = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let output =
        run.args(command).arg("--help").env_remove("ONRECORD_DB").output().expect("the command runs");
    let help = String::from_utf8(output.stdout).expect("the help is UTF-8");
    help.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn layers_and_columns() -> String {
    let mut page = "## Layers\n\nEvery row has, beside these columns, an id, the hash of its report, its words with \
                    where they start and end, the rule that made it with what that went by, and the version of its \
                    stage. Unknown is empty.\n"
        .to_owned();
    for layer in layers() {
        let kept =
            if record::KEPT.contains(&layer.name) { "" } else { " Not kept; `onrecord read` shows it." };
        let from = match layer.reads {
            [] => "the text".to_owned(),
            reads => reads.join(", "),
        };
        let (name, doc) = (layer.name, layer.doc);
        write!(page, "\n### {name}\n\n{doc}{kept} Made from {from}.\n\n").expect("a string takes all");
        page += "| column | holds | |\n|---|---|---|\n";
        for column in layer.columns {
            writeln!(page, "| `{}` | {} | {} |", column.name, kind(column.kind), column.doc)
                .expect("a string takes all");
        }
    }
    page
}

fn kind(kind: Type) -> String {
    match kind {
        Type::Text => "text".to_owned(),
        Type::Integer => "whole number".to_owned(),
        Type::Real => "number".to_owned(),
        Type::Boolean => "yes or no".to_owned(),
        Type::Span => "words".to_owned(),
        Type::Spans => "words in several places".to_owned(),
        Type::Reference(to) => format!("row of `{to}`"),
    }
}

fn json() -> String {
    "## JSON and CSV\n\nA row is an object with the columns of its layer. Words are objects too: `words`, `start` and \
     `end` in bytes of UTF-8, and `points`, start and end in Unicode code points. Beside them stand `sentence`, `line` \
     and `column` in the file, and `report`. `--json` writes one array, `--jsonl` a row a line; `--csv` has the columns \
     of the table below, then those of the sentence, the place and the report.\n"
        .to_owned()
}

fn database() -> String {
    format!(
        "## Database\n\nOne SQLite file, in WAL mode, with `PRAGMA user_version` {} and `PRAGMA application_id` {:#x} \
         (\"OnRe\"). Other programs may read it at any time. `voices` has a row for each statement, by its rowid: every \
         wording of its speaker and its addressee in the report.\n\n```sql\n{}```\n",
        store::SCHEMA_VERSION,
        store::APPLICATION_ID,
        store::schema()
    )
}

fn rule_list() -> String {
    let mut page = "## Rules\n\nWhat `rule` names.\n\n| rule | what it does |\n|---|---|\n".to_owned();
    for (rule, explanation) in rules::all() {
        writeln!(page, "| `{rule}` | {explanation} |").expect("a string takes all");
    }
    page
}
