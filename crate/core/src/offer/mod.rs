//! What an open vault offers a page: which of its items, and what of an item
//! goes where.
//!
//! The index proposes ([`suggest::proposed`]), the opened item decides
//! ([`suggest::best_fit`]); what is handed out is a field's text and nothing
//! else ([`text::texts`]).
//!
//! | file | what lives there |
//! |---|---|
//! | [`suggest`] | the items that may be a page's |
//! | [`text`] | an item's value as a control takes it |
//! | `choice` | which of a select's choices a value is |
//! | [`save`] | what a submitted form is to the vault: new, another password, known |

mod choice;
pub mod save;
pub mod suggest;
#[cfg(test)]
mod tests;
pub mod text;

pub use save::{Saving, Submitted, saving};
pub use text::{Slot, texts};
