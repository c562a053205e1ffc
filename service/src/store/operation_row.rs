//! An operation's row: what stands in its columns.

use sqlx::any::AnyRow;

use sigill_core::confirmation::code::CodeTag;
use sigill_core::confirmation::operation::{LiveCode, Operation, State, Text};
use sigill_core::confirmation::policy::{Proofs, Reach};
use sigill_core::confirmation::receipt::SignedReceipt;
use sigill_core::id::{AccountId, DeviceId, Hash, OperationId};
use sigill_core::wire::operation::Mail;
use sigill_core::wire::{Bytes, Seconds};

use super::{Columns, StoreError, json};

/// An operation, and what the service keeps beside it.
#[derive(Clone)]
pub(crate) struct OperationRow {
    pub(crate) operation: Operation,
    pub(crate) brings: Option<Brings>,
    pub(crate) counts: Counts,
    pub(crate) budget: Budget,
    /// The network address that asked, while the operation waits.
    pub(crate) asked_from: Option<String>,
}

/// The head and the slots that an act brings; the tag comes with its confirmation.
#[derive(Clone)]
pub(crate) struct Brings {
    pub(crate) head: Bytes,
    pub(crate) slots: Vec<Bytes>,
}

/// The service's own counts of living entries, for the mail.
#[derive(Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) now: u64,
    pub(crate) after: u64,
}

/// Whether an operation counts against the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Budget {
    Counted,
    /// The one Restore a day.
    Free,
}

pub(super) const fn reach_name(reach: Reach) -> &'static str {
    match reach {
        Reach::ThisDevice => "this_device",
        Reach::Cloud => "cloud",
    }
}

fn reach(row: &AnyRow) -> Result<Reach, StoreError> {
    match row.text("reach")?.as_str() {
        "this_device" => Ok(Reach::ThisDevice),
        "cloud" => Ok(Reach::Cloud),
        _ => Err(StoreError::Damaged { column: "reach" }),
    }
}

pub(super) const fn mail_columns(mail: Mail) -> (&'static str, Seconds, Seconds) {
    match mail {
        Mail::NotDue => ("not_due", 0, 0),
        Mail::Queued => ("queued", 0, 0),
        Mail::HandedOver { at, code_until } => ("handed_over", at, code_until),
        Mail::Bounced => ("bounced", 0, 0),
    }
}

/// How a message stands, in three columns as [`mail_columns`] writes them.
fn stand(
    row: &AnyRow,
    (name, at, until): (&'static str, &'static str, &'static str),
) -> Result<Mail, StoreError> {
    match row.text(name)?.as_str() {
        "not_due" => Ok(Mail::NotDue),
        "queued" => Ok(Mail::Queued),
        "handed_over" => Ok(Mail::HandedOver {
            at: row.integer(at)?,
            code_until: row.integer(until)?,
        }),
        "bounced" => Ok(Mail::Bounced),
        _ => Err(StoreError::Damaged { column: name }),
    }
}

fn text(row: &AnyRow) -> Result<Text, StoreError> {
    Ok(Text {
        code_no: row.small("text_no")?,
        code: live_code(row, ("text_salt", "text_tag", "text_made_at"))?,
        wanted_at: row.integer("text_wanted_at")?,
        stand: stand(row, ("text_stand", "text_at", "text_until"))?,
    })
}

fn live_code(
    row: &AnyRow,
    (salt, tag, made_at): (&'static str, &'static str, &'static str),
) -> Result<Option<LiveCode>, StoreError> {
    let salt = row.optional_array(salt)?;
    let tag = row.optional_array(tag)?.map(CodeTag::of_column);
    let made_at = row.integer(made_at)?;
    Ok(salt
        .zip(tag)
        .map(|(salt, tag)| LiveCode { salt, tag, made_at }))
}

fn state(row: &AnyRow) -> Result<State, StoreError> {
    let damaged = |_| StoreError::Damaged { column: "receipt" };
    let receipt = row.optional_blob("receipt")?;
    let receipt = receipt
        .map(|bytes| SignedReceipt::from_bytes(&bytes).map_err(damaged))
        .transpose()?;
    State::of_columns(&row.text("state")?, receipt).ok_or(StoreError::Damaged { column: "state" })
}

impl OperationRow {
    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let required = u8::try_from(row.integer("required")?).ok();
        let slots = row.optional_text("new_slots")?;
        let slots: Option<Vec<Bytes>> = slots.map(|text| json(&text, "new_slots")).transpose()?;
        let head = row.optional_blob("new_head")?.map(Bytes);
        Ok(Self {
            operation: Operation {
                id: OperationId(row.array("id")?),
                account: AccountId(row.array("account")?),
                device: DeviceId(row.array("device")?),
                request: json(&row.text("request")?, "request")?,
                digest: Hash(row.array("digest")?),
                required: required
                    .and_then(Proofs::from_bits)
                    .ok_or(StoreError::Damaged { column: "required" })?,
                reach: reach(row)?,
                created_at: row.integer("created_at")?,
                expires_at: row.integer("expires_at")?,
                tries: row.small("tries")?,
                code_no: row.small("code_no")?,
                code: live_code(row, ("code_salt", "code_tag", "code_made_at"))?,
                code_wanted_at: row.integer("code_wanted_at")?,
                mail: stand(row, ("mail", "mail_at", "code_until"))?,
                text: text(row)?,
                password_proven_at: Some(row.integer("password_proven_at")?).filter(|at| *at > 0),
                state: state(row)?,
            },
            brings: head.zip(slots).map(|(head, slots)| Brings { head, slots }),
            counts: Counts {
                now: row.integer("count_now")?,
                after: row.integer("count_after")?,
            },
            budget: match row.integer("free")? {
                0 => Budget::Counted,
                _ => Budget::Free,
            },
            asked_from: row.optional_text("asked_from")?,
        })
    }
}
