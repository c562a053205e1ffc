//! What may happen next.

use sigill_core::confirmation::journal::{Brings as Brought, Entry, Phase};
use sigill_core::confirmation::policy::Proof;
use stateright::Model as Searched;
use stateright::Property;

use super::courier::MailServer;
use super::device::{Act, Crash};
use super::hostile::{self, Lie};
use super::invariants;
use super::network::{Field, Typed};
use super::print::Printed;
use super::scene::Answers;
use super::service::{PASSWORD, TEXT, WRONG};
use super::world::{Model, World};

/// One step of one of those who take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// The person begins the next act of the scene.
    Begin(usize, Crash),
    /// The device starts, or the person comes back to an act.
    Start(usize, Crash),
    Type(usize, Typed, Crash),
    Resend(usize),
    Cancel(usize, Crash),
    /// The device's process dies between two events.
    Die,
    /// A request reaches the service: the nth of the network.
    Deliver(usize, Fate),
    /// An answer reaches the device.
    Answer(usize, Crash),
    /// The courier sends the code of an operation.
    Post(usize, MailServer),
    /// Transaction B of a confirmation.
    Judge(usize, Fate),
    /// The service's process dies: what was between A and B is never judged.
    ServiceDies,
    /// Time passes: the nth wait that is left.
    Wait(usize),
    AnotherDeviceSyncs,
    FactorEnrolled,
    /// The hostile device asks for the next act of the scene.
    Intrude,
    /// It confirms an operation, its own or not.
    Attack(usize, Typed, hostile::Digest),
    /// It cancels an operation.
    Sabotage(usize),
    /// It wants the next code of its own.
    Another(usize),
    /// The service lies about an act.
    Lie(usize, Lie),
    /// The service shows the other device the head that an act brings.
    Publish(usize, hostile::Tagging),
}

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The device hears it at once.
    Heard(Crash),
    Lost,
    /// The network keeps it.
    Kept,
}

/// Before the first effect it is as if the event had never come; there are
/// never more than two that matter.
const CRASHES: [Crash; 2] = [Crash::Never, Crash::Before(1)];

impl Searched for Model {
    type State = World;
    type Action = Move;

    fn init_states(&self) -> Vec<World> {
        vec![self.beginning()]
    }

    fn actions(&self, world: &World, moves: &mut Vec<Move>) {
        let crashes = if world.left.crashes > 0 {
            &CRASHES[..]
        } else {
            &CRASHES[..1]
        };
        let acts = &world.device.acts;
        let begun = acts.iter().position(|act| *act == Act::default());
        if let Some(next) = begun {
            moves.extend(crashes.iter().map(|crash| Move::Begin(next, *crash)));
        }
        for (act, known) in acts.iter().enumerate() {
            if let Some(entry) = &known.memory {
                self.acts_of_the_person(act, entry, (world, crashes), moves);
            }
        }
        if world.left.crashes > 0 {
            moves.push(Move::Die);
        }
        let fates = self.fates(crashes);
        for request in 0..world.network.requests.len() {
            moves.extend(fates.iter().map(|fate| Move::Deliver(request, *fate)));
        }
        for one in 0..world.service.underway.len() {
            moves.extend(fates.iter().map(|fate| Move::Judge(one, *fate)));
        }
        for answer in 0..world.network.answers.len() {
            moves.extend(crashes.iter().map(|crash| Move::Answer(answer, *crash)));
        }
        self.acts_of_the_service(world, moves);
        self.acts_of_enemies(world, moves);
    }

    fn next_state(&self, world: &World, action: Move) -> Option<World> {
        let mut next = world.clone();
        self.carry_out(&mut next, action)?;
        (next != *world).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        invariants::properties(self)
    }
}

impl Model {
    fn fates(&self, crashes: &[Crash]) -> Vec<Fate> {
        match self.scene.answers {
            Answers::Kept => vec![Fate::Kept],
            Answers::AtOnceOrLost => {
                let heard = crashes.iter().copied().map(Fate::Heard);
                heard.chain([Fate::Lost]).collect()
            }
        }
    }

    fn acts_of_the_person(
        &self,
        act: usize,
        entry: &Printed<Entry>,
        (world, crashes): (&World, &[Crash]),
        moves: &mut Vec<Move>,
    ) {
        let left = &world.left;
        if entry.is_open() {
            moves.extend(crashes.iter().map(|crash| Move::Start(act, *crash)));
        }
        if left.cancels > 0 && entry.is_open() {
            moves.extend(crashes.iter().map(|crash| Move::Cancel(act, *crash)));
        }
        if let Phase::Asked(_) | Phase::Proving { .. } = entry.phase() {
            if left.typing > 0 {
                for typed in self.what_a_person_types(world) {
                    moves.extend(crashes.iter().map(|crash| Move::Type(act, typed, *crash)));
                }
            }
            if left.resends > 0 {
                moves.push(Move::Resend(act));
            }
        }
    }

    /// Of the proofs that the scene is about: each right and wrong, and all of
    /// them right together. A code may be any of the mailbox, whatever it is for.
    fn what_a_person_types(&self, world: &World) -> Vec<Typed> {
        let proofs = self.scene.proofs();
        let none = Typed::default();
        let mut all = Vec::new();
        let mut together = none;
        if proofs.contains(Proof::AccountPassword) {
            together.password = Field::Holds(PASSWORD);
            all.extend([PASSWORD, WRONG].map(|typed| Typed {
                password: Field::Holds(typed),
                ..none
            }));
        }
        if proofs.contains(Proof::TextMessageCode) {
            together.text = Field::Holds(TEXT);
            all.extend([TEXT, WRONG].map(|typed| Typed {
                text: Field::Holds(typed),
                ..none
            }));
        }
        if proofs.contains(Proof::EmailCode) {
            let mailed = world.service.mailbox.iter().map(|letter| letter.code);
            for code in mailed.chain([WRONG]).map(Field::Holds) {
                together.code = code;
                all.push(Typed { code, ..none });
                all.push(together);
            }
        }
        all.push(together);
        all.dedup();
        all
    }

    fn acts_of_the_service(&self, world: &World, moves: &mut Vec<Move>) {
        let service = &world.service;
        for place in (0..service.rows.len()).filter(|place| service.owes_a_mail(*place)) {
            moves.push(Move::Post(place, MailServer::Heard));
            if world.left.lost_mails > 0 {
                moves.push(Move::Post(place, MailServer::Lost));
            }
        }
        if world.left.crashes > 0 && !service.underway.is_empty() {
            moves.push(Move::ServiceDies);
        }
        moves.extend((0..world.left.waits.len()).map(Move::Wait));
        if world.left.syncs > 0 {
            moves.push(Move::AnotherDeviceSyncs);
        }
        if world.left.factors > 0 {
            moves.push(Move::FactorEnrolled);
        }
    }

    fn acts_of_enemies(&self, world: &World, moves: &mut Vec<Move>) {
        if world.intrusions < self.scene.attacks.len() {
            moves.push(Move::Intrude);
        }
        if world.left.attacks > 0 {
            for place in 0..world.service.rows.len() {
                for typed in self.scene.intruder.types(world) {
                    moves.push(Move::Attack(place, typed, hostile::Digest::Own));
                    moves.push(Move::Attack(place, typed, hostile::Digest::Other));
                }
                moves.push(Move::Sabotage(place));
            }
        }
        if world.left.resends > 0 {
            moves.extend((0..world.service.rows.len()).map(Move::Another));
        }
        if world.left.lies > 0 {
            for (act, known) in world.device.acts.iter().enumerate() {
                let Some(entry) = &known.memory else { continue };
                moves.extend(Lie::ALL.map(|lie| Move::Lie(act, lie)));
                if let Brought::Vault(_) = entry.brings() {
                    moves.push(Move::Publish(act, hostile::Tagging::MadeUp));
                    moves.push(Move::Publish(act, hostile::Tagging::AsItCame));
                }
            }
        }
    }
}
