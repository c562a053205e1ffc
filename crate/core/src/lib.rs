//! The heart of Sigill: rules only.
//!
//! Nothing here can do IO, tell the time or draw a random number: whatever a
//! rule needs of the world is an argument, and whatever it wants done comes
//! back as a value. The browser and the account service run this same code.
//!
//! | room | what lives there |
//! |---|---|
//! | [`vault`] | keys, slots, items, head, merge, search: how a vault is sealed and opened |
//! | [`confirmation`] | dangerous actions: which proofs, which operation, which receipt, and the [`confirmation::grant::Grant`] without which nothing is destroyed |
//! | [`wire`] | the JSON that the extension and the service exchange |
//! | [`site`] | where a login belongs: which of them a page may be offered |
//! | [`fill`] | what the forms of a page ask for |
//! | [`generator`] | passwords, passphrases, user names: drawn, and counted |
//! | [`health`] | what is to mend among a person's logins |
//! | [`offer`] | what an open vault offers a page |
//! | [`otp`] | one-time codes: the key that a site hands out, and the codes made of it |
//! | [`passkeys`] | passkeys for sites: who may ask for what |
//! | [`encode`] | the one canonical encoding of everything hashed, authenticated or signed |
//! | [`id`] | names of things, and [`id::Hash`] |
//! | [`account`] | addresses and names, parsed at the door |
//! | [`order`] | putting things in order |
// utoipa (the service's OpenAPI document) needs std; the browser never turns it on.
#![cfg_attr(not(feature = "openapi"), no_std)]

extern crate alloc;

pub mod account;
pub mod confirmation;
pub mod encode;
pub mod fill;
pub mod generator;
pub mod health;
pub mod id;
pub mod offer;
pub mod order;
pub mod otp;
pub mod passkeys;
pub mod site;
pub mod vault;
pub mod wire;
