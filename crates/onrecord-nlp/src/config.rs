//! Reads a pipeline's `config.cfg`: sections of settings, each a JSON value.

use std::collections::HashMap;

use serde_json::Value;

use crate::files::Files;
use crate::{Error, Result};

/// The settings of a pipeline, by section.
#[derive(Debug)]
pub(crate) struct Config {
    sections: HashMap<String, HashMap<String, Value>>,
}

/// A setting refers to another in this many steps at most.
const MAX_REFERENCES: usize = 8;

impl Config {
    pub(crate) fn load(files: &Files<'_>) -> Result<Self> {
        let bytes = files.read("config.cfg")?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::new("config.cfg: not UTF-8"))?;
        let mut sections: HashMap<String, HashMap<String, Value>> = HashMap::new();
        let mut section = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name.to_owned();
                sections.entry(section.clone()).or_default();
            } else if let Some((key, value)) = line.split_once(" = ") {
                // What is no JSON is a reference, or of no concern here.
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
                sections.entry(section.clone()).or_default().insert(key.to_owned(), value);
            }
        }
        Ok(Config { sections })
    }

    /// A setting, with references to others followed.
    pub(crate) fn get(&self, section: &str, key: &str) -> Option<&Value> {
        let mut value = self.sections.get(section)?.get(key)?;
        for _ in 0..MAX_REFERENCES {
            let reference =
                value.as_str().and_then(|s| s.strip_prefix("${")).and_then(|s| s.strip_suffix('}'));
            let Some((section, key)) =
                reference.and_then(|path| path.split_once(':').or(path.rsplit_once('.')))
            else {
                return Some(value);
            };
            value = self.sections.get(section)?.get(key)?;
        }
        None
    }

    pub(crate) fn str(&self, section: &str, key: &str) -> Result<&str> {
        let value = self.get(section, key).and_then(Value::as_str);
        value.ok_or_else(|| Error::new(format!("config.cfg: no text `{key}` in [{section}]")))
    }

    pub(crate) fn bool(&self, section: &str, key: &str) -> bool {
        self.get(section, key).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A list of strings; a list that is not there is empty.
    pub(crate) fn list(&self, section: &str, key: &str) -> Vec<&str> {
        let items = self.get(section, key).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}
