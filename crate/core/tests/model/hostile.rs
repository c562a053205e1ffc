//! Two enemies: a device that has a live session and reads every mail, and a
//! service that lies.

use sigill_core::confirmation::code::Verdict;
use sigill_core::confirmation::journal::Entry;
use sigill_core::confirmation::operation::{
    Carried, CloudHead, Counted, HeadTag, Judgement, LiveCode, Operation, State, Text, Verdicts,
    Vouching,
};
use sigill_core::confirmation::policy::{Proof, Proofs, Reach};
use sigill_core::confirmation::receipt::{Done, ReceiptSigner, SignedReceipt};
use sigill_core::confirmation::words::Words;
use sigill_core::id::{DeviceId, Hash, OperationId};
use sigill_core::vault::generation::{Pin, follow};
use sigill_core::vault::head::{Head, Tag};
use sigill_core::wire::operation::{Asked, Confirmed, Mail, Progress};
use sigill_core::wire::problem::{Code, Problem};

use super::network::{Field, Said, Typed};
use super::service::{PASSWORD, Service, WRONG};
use super::world::{ASKER, Model, World};

/// What a lying service says to the honest device about one of its acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lie {
    /// A receipt for this very act, signed as it should be, whatever the truth.
    Executed,
    /// The same, as the answer to a question where it stands.
    PolledExecuted,
    /// Signed as it should be, about another digest.
    OtherDigest,
    /// Signed as it should be, about another operation.
    OtherOperation,
    /// Signed as it should be, for another device.
    OtherDevice,
    /// For this very act, signed by somebody else.
    Forged,
    /// Other words, so another operation behind them.
    OtherWords,
    Stale,
    Cancelled,
    NeverHeardOfIt,
}

impl Lie {
    pub(crate) const ALL: [Self; 10] = [
        Self::Executed,
        Self::PolledExecuted,
        Self::OtherDigest,
        Self::OtherOperation,
        Self::OtherDevice,
        Self::Forged,
        Self::OtherWords,
        Self::Stale,
        Self::Cancelled,
        Self::NeverHeardOfIt,
    ];

    /// What it sounds like. A service that was never asked guesses the operation's name.
    pub(crate) fn said(self, entry: &Entry, model: &Model) -> Said {
        let operation = entry.operation().unwrap_or(OperationId([1; 16]));
        let truth = Claim {
            operation,
            device: ASKER.device,
            loss: entry.request().loss_hash,
        };
        let receipt = |claim: Claim, signer: &ReceiptSigner| claim.sealed(entry, signer);
        let confirmed = |signed| Said::Confirmed(Confirmed::Receipt(signed));
        match self {
            Self::Executed => confirmed(receipt(truth, &model.signer)),
            Self::PolledExecuted => Said::Polled(Progress::Executed {
                receipt: receipt(truth, &model.signer),
            }),
            Self::OtherDigest => confirmed(receipt(
                Claim {
                    loss: Hash([0xEE; 32]),
                    ..truth
                },
                &model.signer,
            )),
            Self::OtherOperation => confirmed(receipt(
                Claim {
                    operation: OperationId([0xEE; 16]),
                    ..truth
                },
                &model.signer,
            )),
            Self::OtherDevice => confirmed(receipt(
                Claim {
                    device: DeviceId([0xEE; 16]),
                    ..truth
                },
                &model.signer,
            )),
            Self::Forged => confirmed(receipt(truth, &model.forger)),
            Self::OtherWords => Said::Polled(Progress::Pending(other_words(operation))),
            Self::Stale => Said::Polled(Progress::Stale),
            Self::Cancelled => Said::Polled(Progress::Cancelled),
            Self::NeverHeardOfIt => Said::Refused(Problem::from(Code::NotFound)),
        }
    }
}

fn other_words(operation: OperationId) -> Asked {
    Asked {
        operation,
        reference: Words::reference(Hash([0xEE; 32]), operation).to_strings(),
        required: [].into(),
        mail_hint: String::new(),
        code_no: 1,
        mail: Mail::NotDue,
        resend_at: 0,
        expires_at: 0,
        tries_left: 5,
        second_factor: None,
        now: 0,
    }
}

/// What a false receipt claims.
#[derive(Clone, Copy)]
struct Claim {
    operation: OperationId,
    device: DeviceId,
    loss: Hash,
}

impl Claim {
    /// Signed: a service signs what it likes, by judging a row of its own making.
    fn sealed(self, entry: &Entry, signer: &ReceiptSigner) -> SignedReceipt {
        let mut request = entry.request().clone();
        request.loss_hash = self.loss;
        let digest = request.digest(ASKER.account, ASKER.device);
        let base = CloudHead {
            seq: request.base_seq,
            hash: request.base_head_hash,
        };
        let head_tag = request
            .new_head_hash
            .map_or(HeadTag::Absent, |_| HeadTag::Present);
        let row = Operation {
            id: self.operation,
            account: ASKER.account,
            device: self.device,
            request,
            digest,
            required: Proofs::CODE,
            reach: Reach::Cloud,
            created_at: 0,
            expires_at: 10,
            tries: 0,
            code_no: 1,
            code: Some(LiveCode {
                salt: [0; 16],
                tag: sigill_core::confirmation::code::CodeTag::of_column([0; 32]),
                made_at: 0,
            }),
            code_wanted_at: 0,
            mail: Mail::Queued,
            text: Text::NONE,
            password_proven_at: None,
            state: State::Pending,
        };
        let carried = Carried {
            digest,
            proofs: Proofs::CODE,
            head_tag,
            voucher: Vouching::Absent,
            way: None,
        };
        let owner = sigill_core::confirmation::operation::Asker {
            account: ASKER.account,
            device: self.device,
        };
        let (row, counted) = row.count_try(owner, carried, 1);
        let Ok(Counted::Verify(attempt)) = counted else {
            unreachable!("a row of its own making");
        };
        let verdicts = Verdicts::NONE.with(Proof::EmailCode, Verdict::Right);
        let facts = Service::new(super::scene::two_devices().standing, base).facts();
        let Judgement::Execute { finish, .. } = row.judge(attempt, verdicts, &facts, 1) else {
            unreachable!("a row of its own making");
        };
        let done = Done {
            at: 1,
            new_seq: base.seq + 1,
            quarantine_until: 1,
        };
        finish.seal(done, signer).1
    }
}

/// What the hostile device has to type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Intruder {
    /// It reads every mail, and knows the password.
    Reads,
    /// It knows the password, and guesses: another code each time.
    Guesses,
}

impl Intruder {
    pub(crate) fn types(self, world: &World) -> Vec<Typed> {
        let with_password = |code| Typed {
            code: Field::Holds(code),
            password: Field::Holds(PASSWORD),
            ..Typed::default()
        };
        match self {
            Self::Reads => {
                let codes = world.service.mailbox.iter().map(|letter| letter.code);
                codes.map(with_password).collect()
            }
            Self::Guesses => vec![with_password(WRONG + 1 + u32::from(world.left.attacks))],
        }
    }
}

/// Whether the device that merely syncs follows a head that the service shows
/// it: the real rule, the real tag.
pub(crate) fn is_followed(model: &Model, head: &[u8], tag: &Tag) -> bool {
    let head = Head::from_bytes(head).unwrap();
    let pin: Pin = model.pin;
    follow(&pin, &model.keys, &[(head, *tag)]).is_ok()
}

/// The tag that a service makes up.
pub(crate) const MADE_UP: Tag = Tag([0xEE; 32]);

/// Confirming with the digest of something else.
pub(crate) const OTHER_DIGEST: Hash = Hash([0xDD; 32]);

/// The digest that a hostile confirmation carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Digest {
    Own,
    Other,
}

/// Where the tag of a published head comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tagging {
    MadeUp,
    AsItCame,
}
