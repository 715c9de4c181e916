//! Text in, layers out.
