//! I1 to I8, on what the onlooker noted; and what must be seen to happen.

use sigill_core::confirmation::journal::Phase;
use sigill_core::confirmation::operation::{LIFETIME, State, TRIES};
use sigill_core::confirmation::policy::Connection;
use sigill_core::id::OperationId;
use stateright::Property;

use super::ledger::{Base, Code, Confirmed, Heard, Life, Receipt, Word};
use super::world::{ASKER, Model, World};

pub(crate) const I1: &str = "I1 an effect takes every proof, for exactly this act, in time";
pub(crate) const I2: &str = "I2 an operation has at most one effect, and so has a code";
pub(crate) const I3: &str = "I3 no effect where the head moved";
pub(crate) const I4: &str = "I4 at most five tries are compared";
pub(crate) const I5: &str = "I5 what is superseded, expired, burnt or cancelled never happens";
pub(crate) const I6: &str = "I6 nothing is destroyed without a receipt and the person's act";
pub(crate) const I7: &str = "I7 what happened is in the journal until it is done";
pub(crate) const I8: &str = "I8 an account that is not linked has no effect and no mail";

/// The eight invariants, and what the scene must show.
pub(crate) fn properties(model: &Model) -> Vec<Property<Model>> {
    let mut all = vec![
        Property::always(I1, every_effect_is_proved),
        Property::always(I2, effects_are_single),
        Property::always(I3, no_effect_on_a_moved_head),
        Property::always(I4, tries_are_counted),
        Property::always(I5, what_ended_never_happens),
        Property::always(I6, destruction_is_allowed),
        Property::always(I7, the_journal_names_what_happened),
        Property::always(I8, not_linked_means_nothing),
    ];
    all.extend(model.scene.shows.iter().map(|name| sight(name)));
    all
}

fn every_effect_is_proved(_: &Model, world: &World) -> bool {
    world.ledger.effects.iter().all(|effect| effect.is_proved())
}

fn effects_are_single(_: &Model, world: &World) -> bool {
    let effects = &world.ledger.effects;
    let acts = &world.ledger.applied;
    effects.iter().enumerate().all(|(n, effect)| {
        effects[..n].iter().all(|before| {
            before.operation != effect.operation
                && (before.code != effect.code || effect.code == Code::None)
        })
    }) && acts
        .iter()
        .enumerate()
        .all(|(n, applied)| acts[..n].iter().all(|before| before.act != applied.act))
}

fn no_effect_on_a_moved_head(_: &Model, world: &World) -> bool {
    let mut effects = world.ledger.effects.iter();
    effects.all(|effect| effect.base != Base::Moved)
}

fn tries_are_counted(_: &Model, world: &World) -> bool {
    let mut noted = world.ledger.operations.iter();
    noted.all(|noted| u32::from(noted.compared) <= TRIES)
}

fn what_ended_never_happens(_: &Model, world: &World) -> bool {
    let mut effects = world.ledger.effects.iter();
    effects.all(|effect| effect.life == Life::MayHappen && effect.at < LIFETIME)
}

fn not_linked_means_nothing(model: &Model, world: &World) -> bool {
    model.scene.standing.connection != Connection::ThirdParty
        || (world.ledger.effects.is_empty() && world.ledger.mailed == 0)
}

/// Here: a receipt that verifies, for an act that the person confirmed on this
/// device. On another device: a head that verifies under the head key held, so
/// one that somebody who opened the vault confirmed.
fn destruction_is_allowed(_: &Model, world: &World) -> bool {
    let here = world.ledger.applied.iter().all(|applied| {
        applied.receipt == Receipt::Verified && applied.confirmed == Confirmed::ByThePerson
    });
    let mut elsewhere = world.ledger.followed.iter();
    here && elsewhere.all(|confirmed| *confirmed == Confirmed::ByThePerson)
}

/// Of a service that keeps its word: one that lies can say "cancelled" of what
/// it did, and the device is none the worse for it.
fn the_journal_names_what_happened(_: &Model, world: &World) -> bool {
    world.ledger.word == Word::Broken
        || world.ledger.effects.iter().all(|effect| {
            let row = &world.service.rows[effect.operation];
            row.device != ASKER.device || is_written_down(world, row.id)
        })
}

fn is_written_down(world: &World, id: OperationId) -> bool {
    let mut journal = world
        .device
        .acts
        .iter()
        .filter_map(|act| act.journal.as_ref());
    journal.any(|entry| {
        entry.operation() == Some(id)
            && matches!(
                entry.phase(),
                Phase::Proving { .. } | Phase::Receipted(_) | Phase::Done(_)
            )
    })
}

/// What can be seen to happen, by name.
fn sight(name: &'static str) -> Property<Model> {
    let condition: fn(&Model, &World) -> bool = match name {
        "executed" => |_, world| rows(world).any(|s| matches!(s, State::Executed { .. })),
        "stale" => |_, world| rows(world).any(|s| *s == State::Stale),
        "expired" => |_, world| rows(world).any(|s| *s == State::Expired),
        "burnt" => |_, world| rows(world).any(|s| *s == State::Burnt),
        "superseded" => |_, world| rows(world).any(|s| *s == State::Superseded),
        "cancelled" => |_, world| rows(world).any(|s| *s == State::Cancelled),
        "done" => |_, world| phases(world).any(|phase| matches!(phase, Phase::Done(_))),
        "two effects" => |_, world| world.ledger.effects.len() == 2,
        "code no. 2" => |_, world| world.service.mailbox.iter().any(|l| l.code_no == 2),
        "a code expired" => |_, world| world.ledger.heard == Heard::CodeExpired,
        "refused" => |_, world| world.ledger.heard == Heard::NotLinked,
        "a proof was asked for next" => |_, world| world.ledger.heard == Heard::NextProof,
        "lied to" => |_, world| {
            world.ledger.word == Word::Broken
                && world.ledger.effects.is_empty()
                && phases(world).any(|phase| matches!(phase, Phase::Done(_)))
        },
        "another device follows" => |_, world| !world.ledger.followed.is_empty(),
        unknown => panic!("no such sight: {unknown}"),
    };
    Property::sometimes(name, condition)
}

fn rows(world: &World) -> impl Iterator<Item = &State> {
    world.service.rows.iter().map(|row| &row.state)
}

fn phases(world: &World) -> impl Iterator<Item = &Phase> {
    let acts = world.device.acts.iter();
    acts.filter_map(|act| act.memory.as_ref().map(|entry| entry.phase()))
}
