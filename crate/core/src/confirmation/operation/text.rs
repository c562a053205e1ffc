//! The text message that carries a code: what the mail is for the mailed code,
//! with a count and a clock of its own. It is asked for only once the password,
//! if one is required, was right.

use super::mail::LiveCode;
use super::refused::Refused;
use super::row::{Asker, Operation};
use super::{CODE_LIFETIME, CODES, RESEND_AFTER};
use crate::confirmation::code::CodeBinding;
use crate::confirmation::policy::Proof;
use crate::wire::Seconds;
use crate::wire::operation::Mail;

/// How far the text message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Codes that were made, of [`CODES`].
    pub code_no: u32,
    /// The code that counts.
    pub code: Option<LiveCode>,
    /// When the last one was asked for.
    pub wanted_at: Seconds,
    /// How far it is.
    pub stand: Mail,
}

impl Text {
    /// None was asked for.
    pub const NONE: Self = Self {
        code_no: 0,
        code: None,
        wanted_at: 0,
        stand: Mail::NotDue,
    };

    /// When the next one can be had.
    #[must_use]
    pub fn resend_at(&self) -> Seconds {
        let last = match self.stand {
            Mail::NotDue => return 0,
            Mail::HandedOver { at, .. } => self.wanted_at.max(at),
            Mail::Queued | Mail::Bounced => self.wanted_at,
        };
        last.saturating_add(RESEND_AFTER)
    }

    /// When the code that counts dies; see [`Operation::code_until`].
    pub(super) fn code_until(&self) -> Option<Seconds> {
        let live = self.code.as_ref()?;
        match self.stand {
            Mail::HandedOver { code_until, .. } => Some(code_until),
            Mail::NotDue | Mail::Queued | Mail::Bounced => {
                Some(live.made_at.saturating_add(CODE_LIFETIME))
            }
        }
    }

    fn is_underway(&self, code_no: u32) -> bool {
        self.code_no == code_no && self.code.is_some() && self.stand == Mail::Queued
    }
}

/// Whether a text is to be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendText {
    /// It is.
    Now,
    /// One is on its way.
    UnderWay,
}

impl Operation {
    /// Asks for a text message, for the first time or again: the code before it
    /// is dead at once, the tries stay as they are.
    ///
    /// # Errors
    /// [`Refused::NoCodeDue`] where it is not asked for, or before the password was
    /// right; [`Refused::TooSoon`], [`Refused::NoCodesLeft`], or why it is over.
    pub fn ask_text(self, asker: Asker, now: Seconds) -> (Self, Result<SendText, Refused>) {
        let this = self.tick(now);
        if let Err(refused) = this.may_ask_text(asker, now) {
            return (this, Err(refused));
        }
        if this.text.stand == Mail::Queued {
            return (this, Ok(SendText::UnderWay));
        }
        let text = Text {
            code: None,
            wanted_at: now,
            stand: Mail::Queued,
            ..this.text
        };
        (Self { text, ..this }, Ok(SendText::Now))
    }

    fn may_ask_text(&self, asker: Asker, now: Seconds) -> Result<(), Refused> {
        self.check_asker(asker)?;
        self.check_pending()?;
        let still = self.still_required();
        if !still.contains(Proof::TextMessageCode) || still.contains(Proof::AccountPassword) {
            return Err(Refused::NoCodeDue);
        }
        if self.text.code_no >= CODES {
            return Err(Refused::NoCodesLeft);
        }
        match self.text.resend_at().saturating_sub(now) {
            0 => Ok(()),
            wait => Err(Refused::TooSoon { wait }),
        }
    }

    /// What the courier's next text is bound to.
    ///
    /// # Errors
    /// [`Refused::NoCodeDue`] where no text waits, [`Refused::NoCodesLeft`], or why it is over.
    pub fn next_text(&self, now: Seconds) -> Result<CodeBinding, Refused> {
        self.clone().tick(now).check_pending()?;
        if self.text.stand != Mail::Queued {
            return Err(Refused::NoCodeDue);
        }
        if self.text.code_no >= CODES {
            return Err(Refused::NoCodesLeft);
        }
        Ok(self.binding(self.text.code_no.saturating_add(1)))
    }

    /// The courier made the code that `binding` names; stored before the gateway hears of it.
    ///
    /// # Errors
    /// As [`Self::next_text`].
    pub fn text_made(
        self,
        binding: &CodeBinding,
        live: LiveCode,
        now: Seconds,
    ) -> (Self, Result<(), Refused>) {
        let next = self.next_text(now);
        let this = self.tick(now);
        match next {
            Err(refused) => (this, Err(refused)),
            Ok(next) if next != *binding => (this, Err(Refused::NoCodeDue)),
            Ok(_) => {
                let text = Text {
                    code_no: binding.code_no,
                    code: Some(live),
                    ..this.text
                };
                (Self { text, ..this }, Ok(()))
            }
        }
    }

    /// The gateway took text `code_no`.
    #[must_use]
    pub fn text_handed_over(self, code_no: u32, at: Seconds) -> Self {
        let code_until = at.saturating_add(CODE_LIFETIME);
        self.texted(code_no, Mail::HandedOver { at, code_until })
    }

    /// Nobody knows whether the gateway took text `code_no`: its code counts, and
    /// ages from when it was made.
    #[must_use]
    pub fn text_unknown(self, code_no: u32) -> Self {
        self.texted(code_no, Mail::Bounced)
    }

    /// The gateway certainly did not take text `code_no`: its number is free
    /// again. It is not tried again by itself; another way may be quicker.
    #[must_use]
    pub fn text_refused(self, code_no: u32) -> Self {
        if !self.text.is_underway(code_no) {
            return self;
        }
        let text = Text {
            code_no: code_no.saturating_sub(1),
            code: None,
            stand: Mail::Bounced,
            ..self.text
        };
        Self { text, ..self }
    }

    fn texted(self, code_no: u32, stand: Mail) -> Self {
        if self.text.is_underway(code_no) {
            let text = Text { stand, ..self.text };
            Self { text, ..self }
        } else {
            self
        }
    }
}
