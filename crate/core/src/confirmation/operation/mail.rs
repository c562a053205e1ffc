//! The mail that carries a code. The code itself never rests in clear: the
//! courier makes it, stores its tag here, and hands it over.

use super::refused::Refused;
use super::row::{Asker, Operation};
use super::{CODE_LIFETIME, CODES};
use crate::confirmation::code::{CodeBinding, CodeTag, Salt};
use crate::confirmation::policy::{Proof, Proofs};
use crate::wire::Seconds;
use crate::wire::operation::Mail;

/// What is stored of the code that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveCode {
    /// Of its tag.
    pub salt: Salt,
    /// Argon2id over the peppered code.
    pub tag: CodeTag,
    /// When it was made.
    pub made_at: Seconds,
}

impl Operation {
    /// Asks for the next code: the old one is dead at once, the tries stay as
    /// they are. With it come the codes to send; none where one is on its way.
    ///
    /// # Errors
    /// [`Refused::TooSoon`], [`Refused::NoCodesLeft`], [`Refused::NoCodeDue`], or why it is over.
    pub fn resend(self, asker: Asker, now: Seconds) -> (Self, Result<Proofs, Refused>) {
        let this = self.tick(now);
        if let Err(refused) = this.may_resend(asker, now) {
            return (this, Err(refused));
        }
        if this.mail == Mail::Queued {
            return (this, Ok(Proofs::NONE));
        }
        let queued = Self {
            code: None,
            code_wanted_at: now,
            mail: Mail::Queued,
            ..this
        };
        (queued, Ok(Proofs::CODE))
    }

    fn may_resend(&self, asker: Asker, now: Seconds) -> Result<(), Refused> {
        self.check_asker(asker)?;
        self.check_pending()?;
        if self.mail == Mail::NotDue {
            return Err(Refused::NoCodeDue);
        }
        if self.code_no >= CODES {
            return Err(Refused::NoCodesLeft);
        }
        match self.resend_at().saturating_sub(now) {
            0 => Ok(()),
            wait => Err(Refused::TooSoon { wait }),
        }
    }

    /// What the courier's next code is bound to.
    ///
    /// # Errors
    /// [`Refused::NoCodeDue`] where no mail waits, [`Refused::NoCodesLeft`], or why it is over.
    pub fn next_code(&self, now: Seconds) -> Result<CodeBinding, Refused> {
        self.clone().tick(now).check_pending()?;
        if self.mail != Mail::Queued {
            return Err(Refused::NoCodeDue);
        }
        if self.code_no >= CODES {
            return Err(Refused::NoCodesLeft);
        }
        Ok(self.binding(self.code_no.saturating_add(1)))
    }

    /// The courier made the code that `binding` names. Stored before the mail
    /// server hears of it; from here on it counts.
    ///
    /// # Errors
    /// As [`Self::next_code`]; [`Refused::NoCodeDue`] too where `binding` is no longer the next.
    pub fn code_made(
        self,
        binding: &CodeBinding,
        live: LiveCode,
        now: Seconds,
    ) -> (Self, Result<(), Refused>) {
        let next = self.next_code(now);
        let this = self.tick(now);
        match next {
            Err(refused) => (this, Err(refused)),
            Ok(next) if next != *binding => (this, Err(Refused::NoCodeDue)),
            Ok(_) => {
                let made = Self {
                    code_no: binding.code_no,
                    code: Some(live),
                    ..this
                };
                (made, Ok(()))
            }
        }
    }

    /// The mail server took code `code_no`. An answer about an older code, or
    /// one that comes after the end, changes nothing.
    #[must_use]
    pub fn handed_over(self, code_no: u32, at: Seconds) -> Self {
        let code_until = at.saturating_add(CODE_LIFETIME);
        self.mailed(code_no, Mail::HandedOver { at, code_until })
    }

    /// The mail server refused code `code_no` for good.
    #[must_use]
    pub fn bounced(self, code_no: u32) -> Self {
        self.mailed(code_no, Mail::Bounced)
    }

    /// The mail server certainly did not take code `code_no` (no connection, a
    /// temporary refusal): it never left, so its number is free again. Where the
    /// answer was lost, the code counts: say nothing here and make the next.
    #[must_use]
    pub fn not_taken(self, code_no: u32) -> Self {
        if self.is_underway(code_no) {
            Self {
                code_no: code_no.saturating_sub(1),
                code: None,
                ..self
            }
        } else {
            self
        }
    }

    fn mailed(self, code_no: u32, mail: Mail) -> Self {
        if self.is_underway(code_no) {
            Self { mail, ..self }
        } else {
            self
        }
    }

    fn is_underway(&self, code_no: u32) -> bool {
        self.code_no == code_no && self.code.is_some() && self.mail == Mail::Queued
    }

    /// What code number `code_no` is bound to.
    pub(super) fn binding(&self, code_no: u32) -> CodeBinding {
        CodeBinding {
            operation: self.id,
            account: self.account,
            device: self.device,
            action: self.request.action,
            digest: self.digest,
            code_no,
        }
    }

    /// Queues the mail where its turn has come: once the password, if one is
    /// required, was right. With it come the codes to send now.
    pub(super) fn send_what_is_due(self, now: Seconds) -> (Self, Proofs) {
        let still = self.still_required();
        let first = self.mail == Mail::NotDue && !still.contains(Proof::AccountPassword);
        if !first {
            return (self, Proofs::NONE);
        }
        let due = still.without(Proofs::PASSWORD);
        if !due.contains(Proof::EmailCode) {
            return (self, due);
        }
        let queued = Self {
            mail: Mail::Queued,
            code_wanted_at: now,
            ..self
        };
        (queued, due)
    }

    /// When the code that counts dies. Where its hand-over was never heard of,
    /// it ages from when it was made: earlier, never later.
    pub(super) fn code_until(&self) -> Option<Seconds> {
        let live = self.code.as_ref()?;
        match self.mail {
            Mail::HandedOver { code_until, .. } => Some(code_until),
            Mail::NotDue | Mail::Queued | Mail::Bounced => {
                Some(live.made_at.saturating_add(CODE_LIFETIME))
            }
        }
    }
}
