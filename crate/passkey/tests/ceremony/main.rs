//! What a site is given, held against a peer that verifies; and what a page can't get.

mod hostile;
mod made;
mod rig;
mod signed;
