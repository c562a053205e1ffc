//! The rules, under every interleaving that a scene allows: the **real**
//! policy, judge, asker, receipts, grants and heads, driven by a search
//! (crate `stateright`) instead of by people.
//!
//! ```text
//! person ── device ══ network that loses, doubles, delays ══ service ── mailbox
//!            │ crashes: only the journal survives              │ dies between A and B
//!          hostile device with a live session, which reads every mail
//! ```
//!
//! | module | one idea |
//! |---|---|
//! | [`scene`] | beginnings, and how much of everything may happen |
//! | [`world`] | the state of everything |
//! | [`moves`], [`carry_out`] | what may happen next, and what it does |
//! | [`network`] | everything that was ever said, at hand for ever |
//! | [`service`], [`judging`] | the judge's rim: rows and transactions |
//! | [`courier`] | codes, and the mail that carries them |
//! | [`device`] | the asker's rim: memory and journal |
//! | [`hostile`] | the other device, and a service that lies |
//! | [`ledger`] | what an onlooker notes |
//! | [`invariants`] | I1 to I8, on those notes |
//! | [`faults`] | nine faults, each found |
//! | [`print`](mod@print) | fingerprints of what the core's types hold |

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test stops where it can't go on"
)]

mod carry_out;
mod courier;
mod device;
mod faults;
mod hostile;
mod invariants;
mod judging;
mod ledger;
mod moves;
mod network;
mod print;
mod scene;
mod service;
mod world;

use std::thread::available_parallelism;
use std::time::Instant;

use stateright::{Checker, Model as _};

use faults::Fault;
use world::Model;

#[test]
fn no_interleaving_breaks_an_invariant() {
    let began = Instant::now();
    let mut states = 0;
    for scene in scene::all() {
        let (name, start) = (scene.name, Instant::now());
        let checker = Model::new(scene, Fault::Nothing)
            .checker()
            .threads(available_parallelism().map_or(1, usize::from))
            .spawn_bfs()
            .join();
        states += checker.unique_state_count();
        println!(
            "{name}: {} states ({} moves, {} deep) in {:.1?}",
            checker.unique_state_count(),
            checker.state_count(),
            checker.max_depth(),
            start.elapsed()
        );
        checker.assert_properties();
    }
    println!(
        "the model: {states} states searched in {:.1?}, no violation",
        began.elapsed()
    );
}
