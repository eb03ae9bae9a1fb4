//! Text of `book.toml` → [`Config`].
use super::Config;
/// Reads.
pub fn read() -> Option<Config> {
    None
}
