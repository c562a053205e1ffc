//! What a site is given, held against a peer that verifies; and what a page can't get.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod hostile;
mod made;
mod rig;
mod signed;
