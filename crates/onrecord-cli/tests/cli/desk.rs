//! A folder with some files, in which the command is run.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A report on which every layer has something to say.
pub(crate) const DAM: &str = "\
Dam will hold, minister says

TAVENNA, March 4 (Norvale Wire) - The dam at Orrin will hold, Interior Minister Karel Brandt said on Tuesday.

“It has held for sixty years,” Brandt told reporters.

Nearly 300 people have left the valley.
";

/// A folder of its own for a test, gone with it.
pub(crate) struct Desk {
    folder: PathBuf,
}

/// What a run of the command gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("onrecord-cli-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        Self { folder }
    }

    /// A folder with a database, `onrecord.db`, that holds [`DAM`].
    pub(crate) fn with_dam() -> Self {
        let desk = Self::new().with("dam.txt", DAM);
        desk.run("add dam.txt --published 2026-03-04 --outlet Norvale_Wire").finds("added");
        desk
    }

    /// Puts a file there.
    pub(crate) fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path(name), content).expect("the file can be written");
        self
    }

    /// Overwrites four bytes of a file.
    pub(crate) fn patch(&self, name: &str, at: usize, number: u32) {
        let mut bytes = std::fs::read(self.path(name)).expect("the file is there");
        bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
        std::fs::write(self.path(name), bytes).expect("the file can be written");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs the command with these arguments, parted by spaces; an underscore stands for a space in one.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, b"")
    }

    /// Runs the command with this as its standard input.
    pub(crate) fn run_with(&self, arguments: &str, input: &[u8]) -> Ran {
        let mut child = self.command(arguments).spawn().expect("the command starts");
        let mut stdin = child.stdin.take().expect("it has an input");
        // A command that does not read its input closes it early.
        drop(stdin.write_all(input));
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        Ran {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8(output.stdout).expect("its output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("its messages are UTF-8"),
        }
    }

    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
        command
            .current_dir(&self.folder)
            .args(arguments.split_whitespace().map(|argument| argument.replace('_', " ")))
            .env_remove("ONRECORD_DB")
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).expect("the folder can be removed");
    }
}

impl Ran {
    /// It ends well and its output holds these words.
    #[track_caller]
    pub(crate) fn finds(self, words: &str) -> Self {
        assert_eq!(self.code, 0, "{self:#?}");
        assert!(self.out.contains(words), "{words}: {self:#?}");
        self
    }

    /// It matches nothing.
    #[track_caller]
    pub(crate) fn finds_nothing(self) {
        assert_eq!((self.code, self.err.as_str()), (1, ""), "{self:#?}");
    }

    /// It fails, with a message that starts so.
    #[track_caller]
    pub(crate) fn fails(self, message: &str) -> Self {
        assert_eq!(self.code, 2, "{self:#?}");
        assert!(self.err.starts_with(&format!("onrecord: {message}")), "{message}: {self:#?}");
        self
    }

    /// The output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("the output is JSON")
    }
}
