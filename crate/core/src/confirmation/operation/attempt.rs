//! What passes between the two transactions of a confirmation.

use alloc::boxed::Box;

use super::mail::LiveCode;
use super::refused::Refused;
use super::row::{Operation, State};
use crate::confirmation::code::{CodeBinding, Verdict};
use crate::confirmation::factor::{FactorCode, Way};
use crate::confirmation::grant::Granted;
use crate::confirmation::policy::{Proof, Proofs};
use crate::confirmation::receipt::{Done, Receipt, ReceiptSigner, SignedReceipt};
use crate::id::Hash;
use crate::wire::SecretText;
use crate::wire::operation::Confirm;

/// What a confirmation carries, without its secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// Of the operation that the person saw.
    pub digest: Hash,
    /// The proofs that it brings.
    pub proofs: Proofs,
    /// Whether it brings the new head's tag.
    pub head_tag: HeadTag,
    /// Whether it brings a voucher for the new head.
    pub voucher: Vouching,
    /// Which way the second factor was shown, by the form of what was typed.
    pub way: Option<Way>,
}

/// Whether a confirmation brings the new head's tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadTag {
    /// It does.
    Present,
    /// It doesn't.
    Absent,
}

/// Whether a confirmation brings the old head key's word for the new head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vouching {
    /// It does.
    Present,
    /// It doesn't.
    Absent,
}

impl From<&Confirm> for Carried {
    fn from(confirm: &Confirm) -> Self {
        let proofs = &confirm.proofs;
        let brought = [
            (Proof::AccountPassword, &proofs.account_password),
            (Proof::EmailCode, &proofs.email_code),
            (Proof::TextMessageCode, &proofs.text_message_code),
        ];
        Self {
            digest: confirm.digest,
            proofs: brought
                .into_iter()
                .filter_map(|(proof, typed)| typed.as_ref().map(|_| proof))
                .collect(),
            way: confirm.proofs.text_message_code.as_ref().and_then(way),
            head_tag: match confirm.head_tag {
                Some(_) => HeadTag::Present,
                None => HeadTag::Absent,
            },
            voucher: match confirm.voucher {
                Some(_) => Vouching::Present,
                None => Vouching::Absent,
            },
        }
    }
}

fn way(typed: &SecretText) -> Option<Way> {
    let code = FactorCode::parse(typed.expose()).ok();
    code.map(|code| code.way())
}

/// What comes of a confirmation in transaction A.
#[derive(Debug)]
pub enum Counted {
    /// A try was counted: verify, then judge.
    Verify(Attempt),
    /// Nothing was counted: this proof comes first.
    Next(Proof),
    /// It was executed before; the answer is the same again.
    Executed(SignedReceipt),
}

/// A try that was counted: what to verify, and against what. One that is
/// dropped stays counted.
#[derive(Debug)]
#[must_use]
pub struct Attempt {
    pub(super) number: u32,
    pub(super) due: Proofs,
    pub(super) binding: CodeBinding,
    pub(super) live: Option<LiveCode>,
    pub(super) text: Box<AttemptedText>,
}

/// What a typed second factor is compared with, where it is a text message's code.
#[derive(Debug)]
pub(super) struct AttemptedText {
    pub(super) way: Option<Way>,
    pub(super) binding: CodeBinding,
    pub(super) live: Option<LiveCode>,
}

impl Attempt {
    /// The proofs to verify; others that came along are not looked at.
    #[must_use]
    pub const fn due(&self) -> Proofs {
        self.due
    }

    /// What the mailed code is bound to.
    #[must_use]
    pub const fn binding(&self) -> &CodeBinding {
        &self.binding
    }

    /// What the text message's code is bound to.
    #[must_use]
    pub const fn text_binding(&self) -> &CodeBinding {
        &self.text.binding
    }

    /// What is stored of the text message's code; without one, every such code is wrong.
    #[must_use]
    pub const fn live_text(&self) -> Option<&LiveCode> {
        self.text.live.as_ref()
    }

    /// What is stored of the code that counts; without one, every code is wrong.
    #[must_use]
    pub const fn live(&self) -> Option<&LiveCode> {
        self.live.as_ref()
    }
}

/// What verifying found, proof by proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdicts {
    pub(super) right: Proofs,
}

impl Verdicts {
    /// Nothing was verified.
    pub const NONE: Self = Self {
        right: Proofs::NONE,
    };

    /// With what was found of `proof`. What is not said to be right is wrong.
    #[must_use]
    pub fn with(self, proof: Proof, verdict: Verdict) -> Self {
        match verdict {
            Verdict::Right => Self {
                right: self.right.and(proof),
            },
            Verdict::Wrong => self,
        }
    }
}

/// What comes of an attempt in transaction B. Each carries the row to save.
#[derive(Debug)]
#[must_use]
pub enum Judgement {
    /// Every required proof was right: do it, then [`Finish::seal`] in the same transaction.
    Execute {
        /// What allows it.
        granted: Granted,
        /// What ends the operation.
        finish: Finish,
    },
    /// One more proof is needed.
    Next {
        /// The row.
        operation: Operation,
        /// The proof.
        proof: Proof,
        /// Codes to send now.
        send: Proofs,
    },
    /// No; nothing was changed but the row.
    Refused {
        /// The row.
        operation: Operation,
        /// Why.
        why: Refused,
    },
}

/// An operation that is being executed in this transaction.
#[derive(Debug)]
#[must_use]
pub struct Finish(pub(super) Operation);

impl Finish {
    /// The row after the effect, and the receipt that says so.
    pub fn seal(self, done: Done, signer: &ReceiptSigner) -> (Operation, SignedReceipt) {
        let Self(operation) = self;
        let receipt = signer.sign(Receipt {
            key: signer.id(),
            operation: operation.id,
            account: operation.account,
            device: operation.device,
            action: operation.request.action,
            digest: operation.digest,
            executed_at: done.at,
            new_seq: done.new_seq,
            quarantine_until: done.quarantine_until,
        });
        let state = State::Executed {
            receipt: receipt.clone(),
        };
        (operation.end(state), receipt)
    }
}
