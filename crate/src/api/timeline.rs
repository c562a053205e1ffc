//! What happened in the account, verified.

use serde::Serialize;
use tsify::Tsify;

/// What happened in the account.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Those that verify, newest first.
    pub entries: Vec<TimelineEntry>,
    /// The first entry that can't be believed: the service shows another
    /// history than this device knows. Nothing of that was remembered.
    pub broken_at: Option<u64>,
}

/// Something that happened, verified.
#[derive(Debug, Clone, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct TimelineEntry {
    /// Its number in the chain.
    pub seq: u64,
    /// When, by the service's clock.
    pub at: u64,
    /// What: `asked`, `done`, `undone`, `refused`, `signed_in` …
    pub event: String,
    /// The dangerous act that it is about: `clear_everywhere` …
    pub act: Option<String>,
    /// Why it was refused: `proof_rejected` …
    pub why: Option<String>,
    /// What the device is called.
    pub device: Option<String>,
    /// Whether that is this one.
    pub this: bool,
    /// The four words of mail and page.
    pub words: Option<Vec<String>>,
    /// `here`, `elsewhere`; none where nobody knows any more.
    pub network: Option<String>,
    /// Its hash.
    pub hash: String,
}
