//! Importers and exporters. Each format is one file that turns bytes into
//! `sigill_core` items; nothing here knows a vault, a page or a network.
//!
//! | module | what it reads |
//! |---|---|
//! | [`chrome`] | the password CSV of Chrome, Edge, Brave, Opera and Vivaldi |
//! | [`export`] | what Sigill writes for other programs, and what of it they can't carry |
//! | [`keepass`] | KDBX 3.1 and 4, and KeePass's XML |
//! | [`text`] | the text of a file, whatever wrote it |
//! | [`border`] | what JavaScript may call |
//!
//! Start at [`chrome::read`]. A page loads this module for one file and drops it
//! with the page: wasm memory can't be handed back, so passwords in passing are
//! wiped where they are ours to wipe.

pub mod border;
pub mod chrome;
pub mod entry;
pub mod export;
mod folders;
pub mod keepass;
mod spelled;
pub mod text;

use spelled::spelled;
