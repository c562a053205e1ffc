//! Acts that need proofs. The table of proofs, the journal's machine and the
//! grants are `sigill_core`'s; here they meet store and network.
//!
//! | module | one idea |
//! |---|---|
//! | [`act`] | an act of the person as an action of the core, and what it needs |
//! | [`loss`] | what would be lost, before anything is asked for |
//! | [`ask`] | asked for, gone on with, cancelled |
//! | [`prove`] | what the person typed, on its way to the service |
//! | [`reset`] | a new vault in the place of one whose master password is forgotten |
//! | [`anew`] | replacing a cloud that saw a later epoch of the vault here |
//! | [`leave`] | what a clear leaves on this device |
//! | [`drive`] | the journal's effects, carried out |
//! | [`apply`] | what a receipt allows, done on this device |
//! | [`unconnected`] | the same where no account protects the vault |
//! | [`view`] | how it shows |

mod act;
mod anew;
mod apply;
mod ask;
mod drive;
mod leave;
mod loss;
mod prove;
mod reset;
mod unconnected;
mod view;

pub(crate) use reset::fresh_place;
