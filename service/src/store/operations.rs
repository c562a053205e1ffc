//! Operations.

use sqlx::any::AnyRow;

use sigill_core::confirmation::code::CodeTag;
use sigill_core::confirmation::operation::{LiveCode, Operation, State, Text};
use sigill_core::confirmation::policy::{Proofs, Reach};
use sigill_core::confirmation::receipt::SignedReceipt;
use sigill_core::id::{AccountId, DeviceId, Hash, IdempotencyKey, OperationId};
use sigill_core::wire::operation::Mail;
use sigill_core::wire::{Bytes, Seconds};

use super::timeline::append_end;
use super::{Columns, Store, StoreError, Tx, as_json, db, json};

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

const fn reach_name(reach: Reach) -> &'static str {
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

const fn mail_columns(mail: Mail) -> (&'static str, Seconds, Seconds) {
    match mail {
        Mail::NotDue => ("not_due", 0, 0),
        Mail::Queued => ("queued", 0, 0),
        Mail::HandedOver { at, code_until } => ("handed_over", at, code_until),
        Mail::Bounced => ("bounced", 0, 0),
    }
}

fn mail(row: &AnyRow) -> Result<Mail, StoreError> {
    match row.text("mail")?.as_str() {
        "not_due" => Ok(Mail::NotDue),
        "queued" => Ok(Mail::Queued),
        "handed_over" => Ok(Mail::HandedOver {
            at: row.integer("mail_at")?,
            code_until: row.integer("code_until")?,
        }),
        "bounced" => Ok(Mail::Bounced),
        _ => Err(StoreError::Damaged { column: "mail" }),
    }
}

fn text(row: &AnyRow) -> Result<Text, StoreError> {
    let salt = row.optional_array("text_salt")?;
    let tag = row.optional_array("text_tag")?.map(CodeTag::of_column);
    let made_at = row.integer("text_made_at")?;
    Ok(Text {
        code_no: row.small("text_no")?,
        code: salt
            .zip(tag)
            .map(|(salt, tag)| LiveCode { salt, tag, made_at }),
        wanted_at: row.integer("text_wanted_at")?,
        stand: match row.text("text_stand")?.as_str() {
            "not_due" => Mail::NotDue,
            "queued" => Mail::Queued,
            "handed_over" => Mail::HandedOver {
                at: row.integer("text_at")?,
                code_until: row.integer("text_until")?,
            },
            "bounced" => Mail::Bounced,
            _ => {
                return Err(StoreError::Damaged {
                    column: "text_stand",
                });
            }
        },
    })
}

fn live_code(row: &AnyRow) -> Result<Option<LiveCode>, StoreError> {
    let salt = row.optional_array("code_salt")?;
    let tag = row.optional_array("code_tag")?.map(CodeTag::of_column);
    let made_at = row.integer("code_made_at")?;
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
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
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
                code: live_code(row)?,
                code_wanted_at: row.integer("code_wanted_at")?,
                mail: mail(row)?,
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

pub(crate) async fn insert_operation(tx: &mut Tx, new: &OperationRow) -> Result<(), StoreError> {
    let operation = &new.operation;
    sqlx::query(
        "insert into operations (id, account, device, idempotency_key, request, digest, required, reach, created_at, \
         expires_at, tries, code_no, code_made_at, code_wanted_at, mail, mail_at, code_until, password_proven_at, \
         state, new_head, new_slots, count_now, count_after, free, asked_from) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
         0, 0, 0, $11, $12, 0, 0, 0, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(operation.id.as_bytes())
    .bind(operation.account.as_bytes())
    .bind(operation.device.as_bytes())
    .bind(operation.request.idempotency_key.as_bytes())
    .bind(as_json(&operation.request))
    .bind(operation.digest.as_bytes())
    .bind(i64::from(operation.required.bits()))
    .bind(reach_name(operation.reach))
    .bind(db(operation.created_at))
    .bind(db(operation.expires_at))
    .bind(db(operation.code_wanted_at))
    .bind(mail_columns(operation.mail).0)
    .bind(operation.state.name())
    .bind(new.brings.as_ref().map(|brings| brings.head.0.clone()))
    .bind(new.brings.as_ref().map(|brings| as_json(&brings.slots)))
    .bind(db(new.counts.now))
    .bind(db(new.counts.after))
    .bind(match new.budget {
        Budget::Counted => 0_i64,
        Budget::Free => 1,
    })
    .bind(new.asked_from.clone())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Saves what may change of an operation: everything that no digest covers.
/// An end is noted in the timeline, once.
pub(crate) async fn save_operation(
    tx: &mut Tx,
    operation: &Operation,
    now: Seconds,
) -> Result<(), StoreError> {
    if operation.state != State::Pending && stands_pending(tx, operation.id).await? {
        append_end(tx, operation, now).await?;
    }
    let (mail, mail_at, code_until) = mail_columns(operation.mail);
    let code = operation.code.as_ref();
    let (text_stand, text_at, text_until) = mail_columns(operation.text.stand);
    let text = operation.text.code.as_ref();
    let receipt = match &operation.state {
        State::Executed { receipt } => Some(receipt.to_bytes()),
        State::Pending
        | State::Stale
        | State::Expired
        | State::Burnt
        | State::Superseded
        | State::Cancelled => None,
    };
    sqlx::query(
        "update operations set tries = $2, code_no = $3, code_salt = $4, code_tag = $5, code_made_at = $6, \
         code_wanted_at = $7, mail = $8, mail_at = $9, code_until = $10, password_proven_at = $11, state = $12, \
         receipt = $13, asked_from = case when $12 = 'pending' then asked_from else null end, text_no = $14, \
         text_salt = $15, text_tag = $16, text_made_at = $17, text_wanted_at = $18, text_stand = $19, text_at = $20, \
         text_until = $21 where id = $1",
    )
    .bind(operation.id.as_bytes())
    .bind(i64::from(operation.tries))
    .bind(i64::from(operation.code_no))
    .bind(code.map(|code| code.salt.to_vec()))
    .bind(code.map(|code| code.tag.as_bytes().to_vec()))
    .bind(db(code.map_or(0, |code| code.made_at)))
    .bind(db(operation.code_wanted_at))
    .bind(mail)
    .bind(db(mail_at))
    .bind(db(code_until))
    .bind(db(operation.password_proven_at.unwrap_or(0)))
    .bind(operation.state.name())
    .bind(receipt)
    .bind(i64::from(operation.text.code_no))
    .bind(text.map(|code| code.salt.to_vec()))
    .bind(text.map(|code| code.tag.as_bytes().to_vec()))
    .bind(db(text.map_or(0, |code| code.made_at)))
    .bind(db(operation.text.wanted_at))
    .bind(text_stand)
    .bind(db(text_at))
    .bind(db(text_until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn stands_pending(tx: &mut Tx, id: OperationId) -> Result<bool, StoreError> {
    let row = sqlx::query("select 1 from operations where id = $1 and state = 'pending'")
        .bind(id.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// What belongs to whom is asked in the statement: a foreign operation is absent.
pub(crate) async fn operation_of(
    tx: &mut Tx,
    account: AccountId,
    id: OperationId,
) -> Result<Option<OperationRow>, StoreError> {
    let row = sqlx::query("select * from operations where id = $1 and account = $2")
        .bind(id.as_bytes())
        .bind(account.as_bytes())
        .fetch_optional(&mut **tx)
        .await?;
    row.as_ref().map(OperationRow::read).transpose()
}

/// Whose an operation is, for what comes by mail instead of by a session.
pub(crate) async fn account_of_operation(
    store: &Store,
    id: OperationId,
) -> Result<Option<AccountId>, StoreError> {
    let row = sqlx::query("select account from operations where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.map(|row| row.array("account").map(AccountId))
        .transpose()
}

pub(crate) async fn operation_of_key(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    key: IdempotencyKey,
) -> Result<Option<OperationRow>, StoreError> {
    let row = sqlx::query(
        "select * from operations where account = $1 and device = $2 and idempotency_key = $3",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(key.as_bytes())
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(OperationRow::read).transpose()
}

/// The operations of a device that are stored as pending; time may have ended them.
pub(crate) async fn pending_operations(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<Vec<OperationRow>, StoreError> {
    let rows = sqlx::query(
        "select * from operations where account = $1 and device = $2 and state = 'pending'",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(OperationRow::read).collect()
}

/// Whether a code left for anything that a device asked for.
pub(crate) async fn was_mailed(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "select 1 from operations where account = $1 and device = $2 and (code_no > 0 or text_no > 0) limit 1",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.is_some())
}

/// What waits on any device of an account.
pub(crate) async fn pending_operations_of_account(
    tx: &mut Tx,
    account: AccountId,
) -> Result<Vec<OperationRow>, StoreError> {
    let rows = sqlx::query(
        "select * from operations where account = $1 and state = 'pending' order by created_at",
    )
    .bind(account.as_bytes())
    .fetch_all(&mut **tx)
    .await?;
    rows.iter().map(OperationRow::read).collect()
}

/// Ends what time had ended before `before` and nobody asked about since: code
/// and network address go with it.
pub(crate) async fn expire_operations(
    store: &Store,
    (before, now): (Seconds, Seconds),
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "select id, account from operations where state = 'pending' and expires_at < $1",
    )
    .bind(db(before))
    .fetch_all(store.pool())
    .await?;
    for row in rows {
        let (id, account) = (row.array("id")?, row.array("account")?);
        let (id, account) = (OperationId(id), AccountId(account));
        let mut tx = store.begin(account).await?;
        if let Some(row) = operation_of(&mut tx, account, id).await? {
            save_operation(&mut tx, &row.operation.tick(now), now).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Takes away what no device will ask about any more.
pub(crate) async fn forget_operations(store: &Store, before: Seconds) -> Result<(), StoreError> {
    for statement in [
        "delete from confirmations where operation in (select id from operations where created_at < $1)",
        "delete from operations where created_at < $1",
    ] {
        sqlx::query(statement)
            .bind(db(before))
            .execute(store.pool())
            .await?;
    }
    Ok(())
}
