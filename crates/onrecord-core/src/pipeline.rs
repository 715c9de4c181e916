//! All stages in order.

use std::fmt;

use crate::entry::{LayerInfo, Step};
use crate::{Data, Document, Meta, stages};

/// A loaded sequence of stages.
pub struct Pipeline {
    steps: Vec<Box<dyn Step>>,
}

impl Pipeline {
    /// Loads every stage of the project.
    pub fn new(data: &Data) -> Self {
        Self { steps: stages::ALL.iter().map(|entry| (entry.load)(data)).collect() }
    }

    /// Reads a text: all layers, in order. Never fails; the same text, metadata and data give the same layers.
    pub fn read(&self, text: &str, meta: Meta) -> Document {
        self.read_watched(text, meta, &mut |_| {})
    }

    /// Reads a text and says when each stage is done, by its place among [`layers`]: so that others can time them.
    pub fn read_watched(&self, text: &str, meta: Meta, done: &mut dyn FnMut(usize)) -> Document {
        let mut doc = Document::new(text, meta);
        for (stage, step) in self.steps.iter().enumerate() {
            step.run(&mut doc);
            done(stage);
        }
        doc.leave(None);
        doc
    }

    /// Reads only what some layers need: these, and all that they are made from.
    pub fn read_only(&self, text: &str, meta: Meta, layers: &[&str]) -> Document {
        let mut needed: Vec<&str> = layers.to_vec();
        for entry in stages::ALL.iter().rev().filter(|entry| layers.contains(&entry.layer.name)) {
            need(&entry.layer, &mut needed);
        }
        let mut doc = Document::new(text, meta);
        for (entry, step) in stages::ALL.iter().zip(&self.steps) {
            if needed.contains(&entry.layer.name) {
                step.run(&mut doc);
            }
        }
        doc.leave(None);
        doc
    }
}

/// Adds what a layer is made from, and what that is made from.
fn need(layer: &LayerInfo, needed: &mut Vec<&str>) {
    for entry in stages::ALL.iter().filter(|entry| layer.reads.contains(&entry.layer.name)) {
        if !needed.contains(&entry.layer.name) {
            needed.push(entry.layer.name);
        }
        need(&entry.layer, needed);
    }
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pipeline({} stages)", self.steps.len())
    }
}

/// Every layer, in the order in which they are made.
pub fn layers() -> impl Iterator<Item = &'static LayerInfo> {
    stages::ALL.iter().map(|entry| &entry.layer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_reads_layers_that_earlier_stages_made() {
        let mut made: Vec<&str> = Vec::new();
        for layer in layers() {
            for read in layer.reads {
                assert!(made.contains(read), "`{}` reads `{read}`, which no earlier stage makes", layer.name);
            }
            assert!(!made.contains(&layer.name), "`{}` is made twice", layer.name);
            made.push(layer.name);
        }
    }

    #[test]
    fn references_point_at_layers_that_exist() {
        let names: Vec<&str> = layers().map(|layer| layer.name).collect();
        for layer in layers() {
            for column in layer.columns {
                if let crate::Type::Reference(to) = column.kind {
                    assert!(names.contains(&to), "`{}.{}` refers to `{to}`", layer.name, column.name);
                }
            }
        }
    }
}
