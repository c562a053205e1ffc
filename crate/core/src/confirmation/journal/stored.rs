//! How an entry is written down: canonically, and read strictly.

use alloc::vec::Vec;

use super::entry::{Answer, Brings, Entry, NewVault, Over, Phase};
use crate::confirmation::operation::{Asker, Request};
use crate::confirmation::policy::Proof;
use crate::confirmation::receipt::{PinnedKey, SignedReceipt};
use crate::confirmation::words::Words;
use crate::encode::{DecodeError, Decoder, Encoder};
use crate::id::{AccountId, DeviceId, Hash, OperationId};
use crate::vault::generation::Voucher;
use crate::vault::head::Tag;
use crate::wire::operation::{Asked, Mail};

const LABEL: &str = "sigill/journal/2";

impl Entry {
    /// For storage.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoder = self.asker.account.encode(Encoder::new(LABEL));
        let encoder = self.asker.device.encode(encoder).bytes(self.key.as_bytes());
        let encoder = self.request.write(encoder);
        let vault = match &self.brings {
            Brings::Nothing => None,
            Brings::Vault(vault) => Some(vault),
        };
        let encoder = encoder.optional(vault, |e, vault| {
            e.bytes(&vault.head)
                .bytes(&vault.tag.0)
                .optional(vault.voucher, |e, voucher| e.bytes(&voucher.0))
                .list(vault.slots.iter(), |e, slot| e.bytes(slot))
        });
        write_phase(encoder, &self.phase).finish()
    }

    /// Reads what [`Self::to_bytes`] wrote, and nothing else. The digest is
    /// computed anew: what is read is what was asked for.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = Decoder::open(LABEL, bytes)?;
        let d = &mut decoder;
        let asker = Asker {
            account: AccountId::decode(d)?,
            device: DeviceId::decode(d)?,
        };
        let key = PinnedKey::of_bytes(d.array()?);
        let request = Request::read(d)?;
        let brings = d.optional(|d| {
            Ok(NewVault {
                head: d.bytes()?.to_vec(),
                tag: Tag(d.array()?),
                voucher: d.optional(|d| d.array().map(Voucher))?,
                slots: d.list(|d| d.bytes().map(<[u8]>::to_vec))?,
            })
        })?;
        let brings = brings.map_or(Brings::Nothing, Brings::Vault);
        let entry = Self::new(asker, key, request, brings).map_err(|_| DecodeError::Malformed)?;
        let phase = read_phase(d, entry.digest)?;
        decoder.finish()?;
        Ok(Self { phase, ..entry })
    }
}

fn write_phase(encoder: Encoder, phase: &Phase) -> Encoder {
    match phase {
        Phase::Requested => encoder.text("requested"),
        Phase::Asked(asked) => write_asked(encoder.text("asked"), asked),
        Phase::Proving { asked, answer } => {
            let name = match answer {
                Answer::Awaited => "proving",
                Answer::Given => "answered",
            };
            write_asked(encoder.text(name), asked)
        }
        Phase::Receipted(signed) => signed.write(encoder.text("receipted")),
        Phase::Done(signed) => signed.write(encoder.text("done")),
        Phase::Over(how) => encoder.text(match how {
            Over::Refused => "refused",
            Over::Stale => "stale",
            Over::Expired => "expired",
            Over::Burnt => "burnt",
            Over::Superseded => "superseded",
            Over::Cancelled => "cancelled",
        }),
    }
}

fn read_phase(decoder: &mut Decoder<'_>, digest: Hash) -> Result<Phase, DecodeError> {
    Ok(match decoder.text()? {
        "requested" => Phase::Requested,
        "asked" => Phase::Asked(read_asked(decoder, digest)?),
        "proving" => Phase::Proving {
            asked: read_asked(decoder, digest)?,
            answer: Answer::Awaited,
        },
        "answered" => Phase::Proving {
            asked: read_asked(decoder, digest)?,
            answer: Answer::Given,
        },
        "receipted" => Phase::Receipted(SignedReceipt::read(decoder)?),
        "done" => Phase::Done(SignedReceipt::read(decoder)?),
        "refused" => Phase::Over(Over::Refused),
        "stale" => Phase::Over(Over::Stale),
        "expired" => Phase::Over(Over::Expired),
        "burnt" => Phase::Over(Over::Burnt),
        "superseded" => Phase::Over(Over::Superseded),
        "cancelled" => Phase::Over(Over::Cancelled),
        _ => return Err(DecodeError::Malformed),
    })
}

/// The words are not written: they follow from digest and operation.
fn write_asked(encoder: Encoder, asked: &Asked) -> Encoder {
    let encoder = asked
        .operation
        .encode(encoder)
        .list(asked.required.iter(), |e, proof| e.text(name(*proof)))
        .text(&asked.mail_hint)
        .integer(asked.code_no.into());
    let encoder = match asked.mail {
        Mail::NotDue => encoder.text("not_due"),
        Mail::Queued => encoder.text("queued"),
        Mail::HandedOver { at, code_until } => {
            encoder.text("handed_over").integer(at).integer(code_until)
        }
        Mail::Bounced => encoder.text("bounced"),
    };
    encoder
        .integer(asked.resend_at)
        .integer(asked.expires_at)
        .integer(asked.tries_left.into())
        .integer(asked.now)
}

fn read_asked(decoder: &mut Decoder<'_>, digest: Hash) -> Result<Asked, DecodeError> {
    let operation = OperationId::decode(decoder)?;
    Ok(Asked {
        operation,
        reference: Words::reference(digest, operation).to_strings(),
        required: decoder.list(|d| proof(d.text()?))?,
        mail_hint: decoder.text()?.into(),
        code_no: small(decoder)?,
        mail: match decoder.text()? {
            "not_due" => Mail::NotDue,
            "queued" => Mail::Queued,
            "handed_over" => Mail::HandedOver {
                at: decoder.integer()?,
                code_until: decoder.integer()?,
            },
            "bounced" => Mail::Bounced,
            _ => return Err(DecodeError::Malformed),
        },
        resend_at: decoder.integer()?,
        expires_at: decoder.integer()?,
        tries_left: small(decoder)?,
        // Not kept: the service is asked again.
        second_factor: None,
        now: decoder.integer()?,
    })
}

fn small(decoder: &mut Decoder<'_>) -> Result<u32, DecodeError> {
    u32::try_from(decoder.integer()?).map_err(|_| DecodeError::Malformed)
}

const fn name(proof: Proof) -> &'static str {
    match proof {
        Proof::AccountPassword => "account_password",
        Proof::EmailCode => "email_code",
        Proof::TextMessageCode => "text_message_code",
    }
}

fn proof(text: &str) -> Result<Proof, DecodeError> {
    let mut all = Proof::ALL.into_iter();
    all.find(|known| name(*known) == text)
        .ok_or(DecodeError::Malformed)
}
