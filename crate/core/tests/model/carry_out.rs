//! What each move does.

use sigill_core::confirmation::journal::{Brings as Brought, Event};
use sigill_core::wire::Bytes;
use sigill_core::wire::operation::Ask;

use super::courier::MailServer;
use super::device::{Around, Crash, Ended};
use super::hostile::{self, Digest, Lie, Tagging};
use super::ledger::{Confirmed, Word};
use super::moves::{Fate, Move};
use super::network::{Brings, Comes, Confirming, Request, Said, Typed};
use super::print::Printed;
use super::service::From;
use super::world::{ASKER, INTRUDER, Model, World};

/// Names that the hostile device gives to what it asks for begin here.
const INTRUSION: u8 = 0x80;

impl Model {
    pub(crate) fn carry_out(&self, world: &mut World, action: Move) -> Option<()> {
        match action {
            Move::Begin(act, crash) => self.begin(world, act, crash),
            Move::Start(act, crash) => self.feed(world, act, Event::Start, crash),
            Move::Type(act, typed, crash) => self.types(world, (act, typed), crash),
            Move::Resend(act) => {
                take(&mut world.left.resends)?;
                self.feed(world, act, Event::Resend, Crash::Never)
            }
            Move::Cancel(act, crash) => {
                take(&mut world.left.cancels)?;
                self.feed(world, act, Event::Cancel, crash)
            }
            Move::Die => {
                take(&mut world.left.crashes)?;
                let before = world.device.clone();
                world.device.crash();
                (world.device != before).then_some(())
            }
            Move::Answer(place, crash) => self.answer(world, place, crash),
            Move::Deliver(place, fate) => self.deliver(world, place, fate),
            Move::Post(place, server) => self.post(world, place, server),
            Move::Judge(place, fate) => self.judge(world, place, fate),
            Move::ServiceDies => {
                take(&mut world.left.crashes)?;
                world.service.underway.clear();
                Some(())
            }
            Move::Wait(place) => {
                world.service.now += world.left.waits.remove(place);
                Some(())
            }
            Move::AnotherDeviceSyncs => {
                take(&mut world.left.syncs)?;
                world.service.another_device_syncs();
                Some(())
            }
            Move::FactorEnrolled => {
                take(&mut world.left.factors)?;
                world.service.a_factor_is_enrolled();
                Some(())
            }
            Move::Intrude => self.intrude(world),
            Move::Attack(place, typed, digest) => self.attack(world, (place, typed), digest),
            Move::Sabotage(place) => {
                take(&mut world.left.attacks)?;
                let id = world.service.rows[place].id;
                self.hostile(world, &Request::Cancel(id))
            }
            Move::Another(place) => {
                take(&mut world.left.resends)?;
                let id = world.service.rows[place].id;
                self.hostile(world, &Request::Resend(id))
            }
            Move::Lie(act, lie) => self.lie(world, act, lie),
            Move::Publish(act, tagging) => self.publish(world, act, tagging),
        }
    }

    fn begin(&self, world: &mut World, act: usize, crash: Crash) -> Option<()> {
        let name = u8::try_from(act).unwrap() + 1;
        let entry = self.entry(ASKER, self.scene.acts[act], world.service.cloud, name);
        world.device.acts[act].memory = Some(Printed::new(entry));
        self.feed(world, act, Event::Start, crash)
    }

    fn types(&self, world: &mut World, (act, typed): (usize, Typed), crash: Crash) -> Option<()> {
        take(&mut world.left.typing)?;
        world.ledger.acts[act].confirmed = Confirmed::ByThePerson;
        self.feed(world, act, Event::Prove(typed.to_wire()), crash)
    }

    fn feed(&self, world: &mut World, act: usize, event: Event, crash: Crash) -> Option<()> {
        let mut around = Around {
            network: &mut world.network,
            ledger: &mut world.ledger,
            key: self.key,
            fault: self.fault,
        };
        let ended = world.device.feed(act, event, crash, &mut around)?;
        counted(ended, &mut world.left.crashes)
    }

    fn answer(&self, world: &mut World, place: usize, crash: Crash) -> Option<()> {
        let answer = world.network.answers[place].clone();
        self.hear(world, (answer.0, &answer.1), crash)
    }

    fn hear(&self, world: &mut World, (act, said): (usize, &Said), crash: Crash) -> Option<()> {
        let mut around = Around {
            network: &mut world.network,
            ledger: &mut world.ledger,
            key: self.key,
            fault: self.fault,
        };
        let ended = world.device.hear(act, said, crash, &mut around)?;
        counted(ended, &mut world.left.crashes)
    }

    fn reply(&self, world: &mut World, act: usize, said: Said, fate: Fate) -> Option<()> {
        world.ledger.hear(&said);
        match fate {
            Fate::Heard(crash) => self.hear(world, (act, &said), crash),
            Fate::Lost => Some(()),
            Fate::Kept => {
                world.network.answer(act, said);
                Some(())
            }
        }
    }

    fn deliver(&self, world: &mut World, place: usize, fate: Fate) -> Option<()> {
        let message = world.network.requests[place].clone();
        let (act, request) = &*message;
        let has_tag = match request {
            Request::Ask(_, comes) => *comes == Comes::WithTag,
            Request::Confirm(confirming) => confirming.brings == Brings::Tag,
            Request::Poll(_) | Request::Resend(_) | Request::Cancel(_) => false,
        };
        if has_tag && !world.service.tags.contains(act) {
            world.service.tags.push(*act);
        }
        let from = (ASKER, From::Honest(*act));
        let with = (self.fault, &mut world.ledger);
        match (world.service.handle(from, request, with), fate) {
            (Some(said), _) => self.reply(world, *act, said, fate),
            // It is judged later.
            (None, Fate::Heard(_)) => None,
            (None, Fate::Lost | Fate::Kept) => Some(()),
        }
    }

    fn post(&self, world: &mut World, place: usize, server: MailServer) -> Option<()> {
        if server == MailServer::Lost {
            take(&mut world.left.lost_mails)?;
        }
        world.service.post(place, server, &mut world.ledger);
        Some(())
    }

    fn judge(&self, world: &mut World, place: usize, fate: Fate) -> Option<()> {
        let one = world.service.underway.remove(place);
        let with = (self.fault, &mut world.ledger);
        let said = world.service.judge(&one, &self.signer, with);
        world.service.remember(&one, &said, self.fault);
        match (one.from, fate) {
            (From::Honest(act), _) => self.reply(world, act, said, fate),
            (From::Hostile, Fate::Heard(_)) => None,
            (From::Hostile, Fate::Lost | Fate::Kept) => Some(()),
        }
    }

    /// What the service answers it knows anyway; what changes nothing costs it nothing.
    fn hostile(&self, world: &mut World, request: &Request) -> Option<()> {
        let before = world.service.clone();
        let from = (INTRUDER, From::Hostile);
        let _ = world
            .service
            .handle(from, request, (self.fault, &mut world.ledger));
        (world.service != before).then_some(())
    }

    fn intrude(&self, world: &mut World) -> Option<()> {
        let place = world.intrusions;
        world.intrusions += 1;
        let name = INTRUSION + u8::try_from(place).unwrap();
        let wish = self.scene.attacks[place];
        let entry = self.entry(INTRUDER, wish, world.service.cloud, name);
        let request = entry.request().clone();
        let (new_head, new_slots) = match entry.brings() {
            Brought::Nothing => (None, None),
            Brought::Vault(vault) => (
                Some(Bytes(vault.head.clone())),
                Some(vault.slots.iter().cloned().map(Bytes).collect()),
            ),
        };
        let ask = Ask {
            digest: request.digest(INTRUDER.account, INTRUDER.device),
            request,
            new_head,
            new_slots,
        };
        self.hostile(world, &Request::Ask(Box::new(ask), Comes::WithoutTag))
    }

    fn attack(
        &self,
        world: &mut World,
        (place, typed): (usize, Typed),
        digest: Digest,
    ) -> Option<()> {
        take(&mut world.left.attacks)?;
        let row = &world.service.rows[place];
        let confirming = Confirming {
            operation: row.id,
            digest: match digest {
                Digest::Own => row.digest,
                Digest::Other => hostile::OTHER_DIGEST,
            },
            brings: match row.request.new_head_hash {
                None => Brings::Nothing,
                Some(_) => Brings::Tag,
            },
            typed,
        };
        self.hostile(world, &Request::Confirm(confirming))
    }

    fn lie(&self, world: &mut World, act: usize, lie: Lie) -> Option<()> {
        take(&mut world.left.lies)?;
        let entry = world.device.acts[act].memory.clone()?;
        world.ledger.word = Word::Broken;
        world.network.answer(act, lie.said(&entry, self));
        Some(())
    }

    /// The service has a tag only where it came; the other device looks at it
    /// by the real rule.
    fn publish(&self, world: &mut World, act: usize, tagging: Tagging) -> Option<()> {
        take(&mut world.left.lies)?;
        let entry = world.device.acts[act].memory.clone()?;
        let Brought::Vault(vault) = entry.brings() else {
            return None;
        };
        let tag = match tagging {
            Tagging::MadeUp => hostile::MADE_UP,
            Tagging::AsItCame if world.service.tags.contains(&act) => vault.tag,
            Tagging::AsItCame => return None,
        };
        world.ledger.word = Word::Broken;
        if hostile::is_followed(self, &vault.head, &tag) {
            let confirmed = world.ledger.acts[act].confirmed;
            world.ledger.followed.push(confirmed);
        }
        Some(())
    }
}

fn take(left: &mut u8) -> Option<()> {
    *left = left.checked_sub(1)?;
    Some(())
}

fn counted(ended: Ended, crashes: &mut u8) -> Option<()> {
    match ended {
        Ended::Well => Some(()),
        Ended::InACrash => take(crashes),
    }
}
