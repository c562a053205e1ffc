//! The session against the real service, in one process: over a store in
//! memory whose worker can be killed before any write and around any request.

#![cfg(not(target_family = "wasm"))]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that can't go on fails"
)]

#[path = "device/rig.rs"]
mod rig;

#[path = "device/across.rs"]
mod across;
#[path = "device/backup.rs"]
mod backup;
#[path = "device/carry.rs"]
mod carry;
#[path = "device/change.rs"]
mod change;
#[path = "device/claims.rs"]
mod claims;
#[path = "device/connecting.rs"]
mod connecting;
#[path = "device/contents.rs"]
mod contents;
#[path = "device/convergence.rs"]
mod convergence;
#[path = "device/danger.rs"]
mod danger;
#[path = "device/drawn.rs"]
mod drawn;
#[path = "device/export.rs"]
mod export;
#[path = "device/faults.rs"]
mod faults;
#[path = "device/files.rs"]
mod files;
#[path = "device/health.rs"]
mod health;
#[path = "device/hold.rs"]
mod hold;
#[path = "device/index.rs"]
mod index;
#[path = "device/kill.rs"]
mod kill;
#[path = "device/kinds.rs"]
mod kinds;
#[path = "device/leave.rs"]
mod leave;
#[path = "device/lies.rs"]
mod lies;
#[path = "device/off.rs"]
mod off;
#[path = "device/offers.rs"]
mod offers;
#[path = "device/once.rs"]
mod once;
#[path = "device/otp.rs"]
mod otp;
#[path = "device/packs.rs"]
mod packs;
#[path = "device/passkeys.rs"]
mod passkeys;
#[path = "device/portal.rs"]
mod portal;
#[path = "device/recovery.rs"]
mod recovery;
#[path = "device/reset.rs"]
mod reset;
#[path = "device/restored.rs"]
mod restored;
#[path = "device/site_passkeys.rs"]
mod site_passkeys;
#[path = "device/slow.rs"]
mod slow;
#[path = "device/sync.rs"]
mod sync;
#[path = "device/takeover.rs"]
mod takeover;
#[path = "device/timeline.rs"]
mod timeline;
#[path = "device/unconnected.rs"]
mod unconnected;
#[path = "device/vault.rs"]
mod vault;
#[path = "device/voucher.rs"]
mod voucher;
