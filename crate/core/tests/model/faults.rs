//! Nine faults, each put into the rim on purpose: the search must find what
//! comes of it, and name the invariant that it breaks.

use stateright::{Checker, HasDiscoveries, Model as _};

use super::invariants::{I1, I2, I3, I4, I6, I7};
use super::scene::{self, Scene};
use super::world::Model;

/// What the rim does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Nothing,
    /// Any code that was mailed to the account is right.
    CodeNotBoundToTheOperation,
    /// The judge is told that the head stands where the request says.
    NoCompareAndSwapOnTheHead,
    /// The device clears when the person has confirmed, before any answer.
    WipeBeforeReceipt,
    /// The device does what any receipt with the service's signature says.
    ReceiptAloneSuffices,
    /// The new head's tag leaves with the wish for it.
    TagSentAtPrepare,
    /// The effect does not end the operation, nor use up its code.
    CodeNotSingleUse,
    /// Transaction A stores nothing; the try is counted by transaction B.
    TryCountedAfterTheCheck,
    /// The device sends first and writes down what comes back.
    NoJournalBeforeTheRequest,
    /// A confirmation's digest is not looked at.
    DigestNotChecked,
}

/// Searches until `fault` breaks `invariant`, and says how.
fn breaks(fault: Fault, scene: Scene, invariant: &'static str) {
    let name = scene.name;
    let checker = Model::new(scene, fault)
        .checker()
        .finish_when(HasDiscoveries::AllOf([invariant].into()))
        .spawn_bfs()
        .join();
    let states = checker.unique_state_count();
    let path = checker.discovery(invariant);
    let moves = path.map(stateright::Path::into_actions);
    let moves = moves.unwrap_or_else(|| panic!("{fault:?} was not found in \"{name}\""));
    println!("{fault:?} breaks \"{invariant}\", {states} states searched:");
    for one in moves {
        println!("    {one:?}");
    }
}

#[test]
fn a_code_that_is_not_bound_to_its_operation_is_found() {
    let fault = Fault::CodeNotBoundToTheOperation;
    breaks(fault, scene::two_devices(), I1);
}

#[test]
fn a_judge_that_does_not_compare_the_head_is_found() {
    let fault = Fault::NoCompareAndSwapOnTheHead;
    breaks(fault, scene::two_devices(), I3);
}

#[test]
fn a_device_that_wipes_before_the_receipt_is_found() {
    let fault = Fault::WipeBeforeReceipt;
    breaks(fault, scene::superseded(), I6);
}

#[test]
fn a_device_for_which_a_receipt_alone_suffices_is_found() {
    let fault = Fault::ReceiptAloneSuffices;
    breaks(fault, scene::hostile_service(), I6);
}

#[test]
fn a_tag_that_leaves_with_the_wish_is_found() {
    let fault = Fault::TagSentAtPrepare;
    breaks(fault, scene::hostile_service(), I6);
}

#[test]
fn a_code_that_is_good_twice_is_found() {
    let fault = Fault::CodeNotSingleUse;
    breaks(fault, scene::superseded(), I2);
}

#[test]
fn a_try_that_is_counted_after_the_check_is_found() {
    let fault = Fault::TryCountedAfterTheCheck;
    breaks(fault, scene::nothing_but_guesses(), I4);
}

#[test]
fn a_request_before_the_journal_is_found() {
    let fault = Fault::NoJournalBeforeTheRequest;
    breaks(fault, scene::superseded(), I7);
}

#[test]
fn a_digest_that_nobody_checks_is_found() {
    let fault = Fault::DigestNotChecked;
    breaks(fault, scene::two_devices(), I1);
}
