//! The `onrecord` command: read a report, keep its record, ask it questions.

mod commands;
mod failure;
mod input;
mod output;
mod serve;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use failure::{Failure, Outcome};
use output::{Color, Format, Output};

/// Reads news reports and keeps a record that anyone can check
///
/// Who said what to whom, when, and how many: every row of the record points at
/// the exact words that it stands on, and says which rule or model made it.
#[derive(Parser)]
#[command(name = "onrecord", version, verbatim_doc_comment, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    shape: Shape,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  onrecord demo
  onrecord read report.txt --published 2026-03-04
  onrecord add reports/*.txt
  onrecord said --by \"the finance minister\" --about \"flood fund\"

Exit code: 0 when something was found or done, 1 when nothing matched, 2 when
something could not be read or written, or was asked for in a wrong way.";

/// How answers are written, for every command.
#[derive(Args)]
struct Shape {
    /// Write JSON: one document, indented
    #[arg(long, global = true, conflicts_with_all = ["jsonl", "csv"], help_heading = "Output")]
    json: bool,
    /// Write JSON lines: one row a line
    #[arg(long, global = true, conflicts_with = "csv", help_heading = "Output")]
    jsonl: bool,
    /// Write CSV, with the columns of the database's tables
    #[arg(long, global = true, help_heading = "Output")]
    csv: bool,
    /// When to use colour; NO_COLOR turns it off too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    color: Color,
}

impl Shape {
    fn format(&self) -> Format {
        match (self.json, self.jsonl, self.csv) {
            (true, ..) => Format::Json,
            (_, true, _) => Format::JsonLines,
            (.., true) => Format::Csv,
            _ => Format::People,
        }
    }
}

#[derive(Subcommand)]
enum Command {
    Read(commands::read::Read),
    Add(commands::add::Add),
    Fetch(commands::fetch::Fetch),
    Watch(commands::watch::Watch),
    Said(commands::said::Said),
    Times(commands::times::Times),
    Figures(commands::figures::Figures),
    Documents(commands::documents::Documents),
    Search(commands::search::Search),
    Show(commands::show::Show),
    Why(commands::why::Why),
    Versions(commands::versions::Versions),
    Refresh(commands::refresh::Refresh),
    Check(commands::check::Check),
    Export(commands::export::Export),
    Serve(commands::serve::Serve),
    Demo(commands::demo::Demo),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut output = Output::new(cli.shape.format(), cli.shape.color);
    let done = match cli.command {
        Command::Read(command) => command.run(&mut output),
        Command::Add(command) => command.run(&mut output),
        Command::Fetch(command) => command.run(&mut output),
        Command::Watch(command) => command.run(&mut output),
        Command::Said(command) => command.run(&mut output),
        Command::Times(command) => command.run(&mut output),
        Command::Figures(command) => command.run(&mut output),
        Command::Documents(command) => command.run(&mut output),
        Command::Search(command) => command.run(&mut output),
        Command::Show(command) => command.run(&mut output),
        Command::Why(command) => command.run(&mut output),
        Command::Versions(command) => command.run(&mut output),
        Command::Refresh(command) => command.run(&mut output),
        Command::Check(command) => command.run(&mut output),
        Command::Export(command) => command.run(&mut output),
        Command::Serve(command) => command.run(),
        Command::Demo(command) => command.run(&mut output),
    };
    // What was written before something failed is still shown.
    let done = output.flush().map_err(Failure::from).and(done);
    match done {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        // The reader of our output has seen enough, as `head` does.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::from(2),
        Err(failure) => {
            failure::report(&failure);
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_of_all_commands_agree() {
        super::Cli::command().debug_assert();
    }
}
