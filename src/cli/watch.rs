//! `keben watch`

use super::args::Watch;
use super::live;

/// Makes the book again and again, until somebody ends it; gives the number of errors
/// that are left.
pub fn run(args: &Watch) -> usize {
    live::run(args, None)
}
