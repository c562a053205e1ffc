//! Random runs of two to four devices that edit offline and sync in any order,
//! with cuts anywhere and messages that come twice: all end with the same
//! entries, and no value is lost.
//!
//! `SIGILL_RUNS=10000 cargo test … --test device -- convergence --nocapture` makes
//! more runs than every test run does; `SIGILL_SEED` draws others.

use std::fmt;
use std::rc::Rc;

use sigill::api::{BulkAct, Item, SyncState};
use sigill::session::Session;
use sigill_core::vault::item::Field;

use crate::contents::{Fields, bulk};
use crate::rig::{Answered, Fault, Person, Profile, World, another, connected, unlock};

/// Runs that a test run makes by itself.
const RUNS: u64 = 40;
/// Runs in one life of a service: what was erased in them stays as tombstones.
const A_LIFE: u64 = 20;
/// Looks at the cloud in which everybody hears of everything.
const ROUNDS: usize = 4;
/// Runs after which a long test run says how far it is.
const TOLD: u64 = 500;
const FIELDS: [Field; 3] = [Field::Username, Field::Password, Field::Notes];

/// Numbers by chance (xorshift64*), the same for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(drawn).unwrap() % end
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// What happened in all runs.
#[derive(Default)]
struct Tally {
    runs: u64,
    edits: u64,
    syncs: u64,
    cuts: u64,
    doubled: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            runs,
            edits,
            syncs,
            cuts,
            doubled,
        } = self;
        write!(
            f,
            "{runs} runs: {edits} edits, {syncs} syncs, {cuts} cut, {doubled} doubled; all converged, no value lost"
        )
    }
}

struct Device {
    profile: Profile,
    session: Session<Profile>,
}

impl Device {
    /// Does `work` in a worker that is killed at a random step, and starts the next one.
    async fn cut(&mut self, chance: &mut Chance) {
        let step = u32::try_from(chance.below(14)).unwrap();
        self.profile.fault(Fault::KilledBefore(step));
        let _ = self.session.sync_now().await;
        self.profile.fault(Fault::None);
        self.session = self.profile.session();
        if chance.below(4) == 0 {
            self.profile.close_browser();
            self.session.unlock(unlock()).await.unwrap();
        }
    }

    async fn doubled(&self, chance: &mut Chance) {
        let answered = *chance.of(&[Answered::First, Answered::Second]);
        self.profile.fault(Fault::Doubled(answered));
        let _ = self.session.sync_now().await;
        self.profile.fault(Fault::None);
    }
}

/// A value that was saved, and must be found in the end.
struct Saved {
    item: String,
    field: Field,
    value: String,
}

/// One account's devices, from run to run.
struct Walk {
    world: Rc<World>,
    devices: Vec<Device>,
    saved: Vec<Saved>,
    values: u64,
}

impl Walk {
    async fn begin(devices: usize) -> Self {
        let world = World::begin().await;
        let mut all = vec![connected(&world, 0).await];
        for _ in 1..devices {
            all.push(another(&world).await);
        }
        let devices = all.into_iter();
        let devices = devices.map(|(profile, session)| Device { profile, session });
        Self {
            devices: devices.collect(),
            world,
            saved: Vec::new(),
            values: 0,
        }
    }

    fn value(&mut self) -> String {
        self.values += 1;
        format!("value {}", self.values)
    }

    async fn step(&mut self, chance: &mut Chance, tally: &mut Tally) {
        let at = chance.below(self.devices.len());
        self.world.pass(u64::from(chance.below(3) > 0));
        match chance.below(9) {
            0 => self.add(at).await,
            1..=4 => {
                tally.edits += 1;
                self.edit(at, chance).await;
            }
            5..=6 => {
                tally.syncs += 1;
                let _ = self.devices[at].session.sync_now().await;
            }
            7 => {
                tally.cuts += 1;
                self.devices[at].cut(chance).await;
            }
            _ => {
                tally.doubled += 1;
                self.devices[at].doubled(chance).await;
            }
        }
    }

    async fn add(&mut self, at: usize) {
        let value = self.value();
        let item = self.devices[at].session.add(&value, &value).await;
        self.keep(item, Field::Password, value);
    }

    async fn edit(&mut self, at: usize, chance: &mut Chance) {
        let known = self.devices[at].session.all().await;
        if known.is_empty() {
            return self.add(at).await;
        }
        let (item, field) = (chance.of(&known).id.clone(), *chance.of(&FIELDS));
        let value = self.value();
        let edited = self.devices[at]
            .session
            .edit(&item, |content| content.put(field, &value));
        edited.await.unwrap();
        self.keep(item, field, value);
    }

    fn keep(&mut self, item: String, field: Field, value: String) {
        self.saved.push(Saved { item, field, value });
    }

    /// Everybody looks at the cloud until nobody has anything new.
    async fn settle(&self) {
        for _ in 0..ROUNDS {
            for device in &self.devices {
                device.session.sync_now().await.unwrap();
            }
        }
        for device in &self.devices {
            let sync = device.session.status().await.unwrap().sync;
            let in_step = matches!(sync, SyncState::On { pending: 0, .. });
            assert!(in_step, "{sync:?}");
        }
    }

    async fn has_converged(&self) {
        let first = self.devices[0].session.all().await;
        let known = serde_json::to_string(&first).unwrap();
        for device in &self.devices[1..] {
            let all = device.session.all().await;
            assert_eq!(serde_json::to_string(&all).unwrap(), known);
        }
        for saved in &self.saved {
            assert!(holds(&first, saved), "{} was lost", saved.value);
        }
    }

    /// The next run begins with nothing.
    async fn erase(&mut self) {
        let session = &self.devices[0].session;
        let all: Vec<String> = session
            .all()
            .await
            .into_iter()
            .map(|item| item.id)
            .collect();
        session.bulk(bulk(&all, BulkAct::Trash)).await.unwrap();
        session.erase(&all).await.unwrap();
        self.saved.clear();
        self.settle().await;
        for device in &self.devices {
            assert!(device.session.names().await.is_empty());
        }
    }
}

/// In its field, or in the history of that item.
fn holds(items: &[Item], saved: &Saved) -> bool {
    let item = items.iter().find(|item| item.id == saved.item);
    item.is_some_and(|item| {
        let past = item.history.iter().any(|past| past.text == saved.value);
        past || item.content.text(saved.field) == saved.value
    })
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test]
async fn devices_that_edit_offline_and_sync_in_any_order_end_alike_and_lose_nothing() {
    let runs = number("SIGILL_RUNS").unwrap_or(RUNS);
    let seed = number("SIGILL_SEED").unwrap_or(1);
    let mut tally = Tally::default();
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    while tally.runs < runs {
        let mut walk = Walk::begin(2 + chance.below(3)).await;
        for _ in 0..A_LIFE.min(runs - tally.runs) {
            for _ in 0..8 + chance.below(12) {
                walk.step(&mut chance, &mut tally).await;
            }
            walk.settle().await;
            walk.has_converged().await;
            walk.erase().await;
            tally.runs += 1;
        }
        if tally.runs.is_multiple_of(TOLD) {
            println!("{tally}");
        }
    }
    println!("{tally}");
}
