//! Passkeys for sites (`WebAuthn` Level 3): which page may ask for what, who has to
//! be sure of the person, and what is signed. Nothing here knows a key or a page.
//!
//! | module | one idea |
//! |---|---|
//! | [`origin`] | the page that asks, as the browser names it, and the frame that it is in |
//! | [`party`] | **start here**: whom a passkey is for, and who may ask in that name |
//! | [`ask`] | what is asked for, and what of it Sigill leaves to the browser |
//! | [`verification`] | when the person has to show anew who they are |
//! | [`home`] | where a new one is kept |
//! | [`client_data`] | what a site gets signed: never a word of the page but its challenge |

pub mod ask;
pub mod client_data;
pub mod home;
pub mod origin;
pub mod party;
pub mod verification;

pub use ask::{Attachment, Creation, Elsewhere, Occasion, Request};
pub use client_data::{Act, client_data};
pub use origin::{Origin, Place};
pub use party::RelyingParty;
pub use verification::{Verified, Wanted};
