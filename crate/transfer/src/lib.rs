//! Importers and exporters. Each format is one file that turns bytes into
//! `sigill_core` items; nothing here knows a vault, a page or a network.
//!
//! | module | what it is for |
//! |---|---|
//! | [`read`](mod@read) | **start here**: any file in, items and errors out |
//! | [`format`](mod@format), [`detect`](mod@detect) | the formats, and telling them by content |
//! | `sheet`, `table`, `header`, [`text`] | formats that are one table, and what they share |
//! | `json`, `archive` | JSON and ZIP, within limits |
//! | `draft`, `labels`, `date`, `otp`, `bytes` | an item in the making, and the values it is made of |
//! | [`limit`], [`entry`], [`fault`] | how much is read, what comes out, why nothing does |
//! | `chromium`, `firefox`, `apple`, … | a format each |
//! | [`export`] | what Sigill writes for other programs, and what of it they can't carry |
//! | [`keepass`] | KDBX 3.1 and 4, and KeePass's XML |
//! | [`border`] | what JavaScript may call |
//!
//! A page loads this module for one file and drops it with the page: wasm memory
//! can't be handed back, so passwords in passing are wiped where they are ours to wipe.

pub mod border;
pub mod detect;
pub mod entry;
pub mod export;
pub mod fault;
pub mod format;
pub mod keepass;
pub mod limit;
pub mod mapping;
pub mod read;
pub mod text;

mod apple;
mod archive;
mod bitwarden;
mod bytes;
mod chromium;
mod cxf;
mod dashlane;
mod date;
mod draft;
mod enpass;
mod firefox;
mod folders;
mod header;
mod json;
mod kaspersky;
mod keepassxc;
mod labels;
mod lastpass;
mod nordpass;
mod onepassword;
mod otp;
mod proton;
mod roboform;
mod sheet;
mod spelled;
mod table;

use spelled::spelled;
