//! Asker and judge talk in memory: the real rules of both sides, and nothing
//! between them but messages.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops where it can't go on"
)]

mod asker;
mod code;
mod device;
mod every_act;
mod judge;
mod prepare;
mod scene;
mod service;
