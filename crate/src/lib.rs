//! Sigill in the browser.

pub mod api;
