//! What reading the files of other password managers promises: a module a family of
//! formats, each over files as their vendors write them.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it expects"
)]

mod bitwarden;
mod cxf;
mod hostile;
mod onepassword;
mod others;
mod proton;
mod said;
mod tables;
mod zipped;
