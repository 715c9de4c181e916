//! `onrecord-dev pack DIR OUT`: packs the spaCy pipeline in a directory into one file.

use std::path::Path;

use onrecord_nlp::Pipeline;

use crate::Result;

/// Packs the pipeline, and says how large the file is.
pub(crate) fn run(dir: &Path, out: &Path) -> Result<()> {
    let packed = Pipeline::pack(dir)?;
    std::fs::write(out, &packed).map_err(|e| format!("{}: {e}", out.display()))?;
    println!("{}: {} bytes", out.display(), packed.len());
    Ok(())
}
