//! The code as the service stores it: bound to one act, peppered, salted.

use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::digits::Code;
use crate::confirmation::action::Action;
use crate::encode::Encoder;
use crate::id::{AccountId, DeviceId, EnrolmentId, Hash, OperationId};
use crate::vault::primitive::{self, Argon2Cost, Argon2Error};

#[cfg(test)]
mod tests;

/// 16 random bytes, new for every tag.
pub type Salt = [u8; 16];

/// The secret that is kept outside the database.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Pepper([u8; 32]);

impl Pepper {
    /// Takes the secret over.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }
}

/// What is stored of a code. Compared in constant time, never printed.
#[derive(Clone)]
pub struct CodeTag([u8; 32]);

/// What comparing found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the one.
    Right,
    /// It isn't.
    Wrong,
}

impl CodeTag {
    /// As it was stored.
    #[must_use]
    pub const fn of_column(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// To be stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `typed` is the tag of the same code; in constant time.
    #[must_use]
    pub fn verdict(&self, typed: &Self) -> Verdict {
        if bool::from(self.0.ct_eq(&typed.0)) {
            Verdict::Right
        } else {
            Verdict::Wrong
        }
    }
}

impl PartialEq for CodeTag {
    fn eq(&self, other: &Self) -> bool {
        self.verdict(other) == Verdict::Right
    }
}

impl Eq for CodeTag {}

impl fmt::Debug for CodeTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeTag(…)")
    }
}

/// The one act that a code is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBinding {
    /// The operation.
    pub operation: OperationId,
    /// Whose.
    pub account: AccountId,
    /// The device that asked.
    pub device: DeviceId,
    /// The act.
    pub action: Action,
    /// Everything that it is bound to.
    pub digest: Hash,
    /// Which code of the operation: 1, 2 or 3.
    pub code_no: u32,
}

impl CodeBinding {
    const LABEL: &'static str = "sigill/code/1";
    const TEXT_LABEL: &'static str = "sigill/text-code/1";

    /// The tag of `code` for this act. Takes 19 MiB and some tens of milliseconds.
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        self.labelled(Self::LABEL, code, (pepper, salt))
    }

    /// The tag of a code that a text message carried: never that of a mailed one.
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn text_tag(
        &self,
        code: &Code,
        pepper: &Pepper,
        salt: &Salt,
    ) -> Result<CodeTag, Argon2Error> {
        self.labelled(Self::TEXT_LABEL, code, (pepper, salt))
    }

    fn labelled(
        &self,
        label: &'static str,
        code: &Code,
        (pepper, salt): (&Pepper, &Salt),
    ) -> Result<CodeTag, Argon2Error> {
        let encoder = Encoder::new(label);
        let encoder = self.account.encode(self.operation.encode(encoder));
        let encoder = self.action.encode(self.device.encode(encoder));
        let encoder = self.digest.encode(encoder).integer(self.code_no.into());
        tag(encoder.bytes(&code.0).finish(), pepper, salt)
    }
}

/// The address that a verification code is good for: it proves that mail to it
/// is read, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressBinding<'a> {
    /// The account that wants the address.
    pub account: AccountId,
    /// The address.
    pub email: &'a str,
}

impl AddressBinding<'_> {
    const LABEL: &'static str = "sigill/address-code/1";

    /// The tag of `code` for this address; see [`CodeBinding::tag`].
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        tag(
            encoder.text(self.email).bytes(&code.0).finish(),
            pepper,
            salt,
        )
    }
}

/// What a code proves before it is enrolled: that texts to a phone, or mails to
/// a new address, are read. Good for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentBinding<'a> {
    /// The account.
    pub account: AccountId,
    /// What is enrolled.
    pub enrolment: EnrolmentId,
    /// The number or the address.
    pub to: &'a str,
}

impl EnrolmentBinding<'_> {
    const LABEL: &'static str = "sigill/enrolment-code/1";

    /// The tag of `code` for this enrolment; see [`CodeBinding::tag`].
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        let encoder = self.enrolment.encode(encoder).text(self.to);
        tag(encoder.bytes(&code.0).finish(), pepper, salt)
    }
}

/// What a text message's code is for that belongs to no operation. The text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFor {
    /// Signing in.
    SignIn,
    /// Another account password in the place of a forgotten one.
    Reset,
    /// Another address in the place of a dead one.
    LostAddress,
    /// Ending a hold.
    Hold,
}

impl TextFor {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::SignIn, Self::Reset, Self::LostAddress, Self::Hold];

    const fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
            Self::LostAddress => "lost_address",
            Self::Hold => "hold",
        }
    }
}

/// The one thing that a text message's code is good for beside an operation: of
/// this device, for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInBinding {
    /// The account.
    pub account: AccountId,
    /// The device that signs in.
    pub device: DeviceId,
    /// What for.
    pub purpose: TextFor,
}

impl SignInBinding {
    const LABEL: &'static str = "sigill/sign-in-code/2";

    /// The tag of `code` for this; see [`CodeBinding::tag`].
    ///
    /// # Errors
    /// [`Argon2Error`] where there is not so much memory.
    pub fn tag(&self, code: &Code, pepper: &Pepper, salt: &Salt) -> Result<CodeTag, Argon2Error> {
        let encoder = self.account.encode(Encoder::new(Self::LABEL));
        let encoder = self.device.encode(encoder).text(self.purpose.word());
        tag(encoder.bytes(&code.0).finish(), pepper, salt)
    }
}

/// `Argon2id(HMAC-SHA-256(pepper, bound), salt)`.
pub(in crate::confirmation) fn tag(
    bound: Vec<u8>,
    pepper: &Pepper,
    salt: &Salt,
) -> Result<CodeTag, Argon2Error> {
    const COST: Argon2Cost = Argon2Cost {
        memory_kib: 19 * 1024,
        iterations: 2,
        parallelism: 1,
    };
    let bound = Zeroizing::new(bound);
    let peppered = Zeroizing::new(primitive::hmac(&pepper.0, &bound));
    primitive::argon2id(&peppered[..], salt, COST).map(|tag| CodeTag(*tag))
}
