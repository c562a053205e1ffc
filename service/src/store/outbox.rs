//! Mails that are to leave. A row names what the mail is about; its words, and
//! its code, are made when it is handed over.

use sqlx::any::AnyRow;

use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, db};

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A code that verifies an address; the subject is the sign-up.
    Verification,
    /// "You have an account already"; the subject is the account.
    HasAccount,
    /// A code for an operation; the subject is the operation.
    OperationCode,
    /// What was done; the subject is the operation.
    Done,
    /// Dangerous acts are frozen; the subject is the account.
    Frozen,
    /// A code for a form of the portal; the subject is the code's row.
    PortalCode,
    /// The account has a password now; the subject is the account.
    Linked,
    /// Another account password was chosen by mail alone; the subject is the account.
    PasswordReset,
    /// A text with a code for an operation; the subject is the operation.
    OperationText,
    /// A text to a phone that is enrolled; the subject is the enrolment.
    EnrolmentText,
    /// A mail to an address that is enrolled; the subject is the enrolment.
    EnrolmentMail,
    /// A text with a code for a sign-in; the subject is the device.
    SignInText,
    /// What reaches beyond one device waits; the subject is the account.
    Held,
    /// The vault's keys were changed; the subject is the account.
    KeysChanged,
    /// A passkey opens the vault too; the subject is the account.
    PasskeyAdded,
    /// A passkey opens it no longer; the subject is the account.
    PasskeyRemoved,
    /// The master password is derived another way; the subject is the account.
    KdfLowered,
    /// How the master password is derived costs more than before.
    KdfRaised,
    /// The only device took its vault out again; the subject is the account.
    ConnectingUndone,
    /// An account is to be deleted; the subject is the account.
    DeletionAsked,
    /// Something is to happen in seven days; the subject is the asking.
    WaitAsked,
    /// … in one day.
    WaitReminded,
    /// … and does not.
    WaitStopped,
    /// … and did.
    WaitDone,
}

const KINDS: [(Kind, &str); 24] = [
    (Kind::Verification, "verification"),
    (Kind::HasAccount, "has_account"),
    (Kind::OperationCode, "operation_code"),
    (Kind::Done, "done"),
    (Kind::Frozen, "frozen"),
    (Kind::PortalCode, "portal_code"),
    (Kind::Linked, "linked"),
    (Kind::PasswordReset, "password_reset"),
    (Kind::OperationText, "operation_text"),
    (Kind::EnrolmentText, "enrolment_text"),
    (Kind::EnrolmentMail, "enrolment_mail"),
    (Kind::SignInText, "sign_in_text"),
    (Kind::Held, "held"),
    (Kind::KeysChanged, "keys_changed"),
    (Kind::PasskeyAdded, "passkey_added"),
    (Kind::PasskeyRemoved, "passkey_removed"),
    (Kind::KdfLowered, "kdf_lowered"),
    (Kind::KdfRaised, "kdf_raised"),
    (Kind::ConnectingUndone, "connecting_undone"),
    (Kind::DeletionAsked, "deletion_asked"),
    (Kind::WaitAsked, "wait_asked"),
    (Kind::WaitReminded, "wait_reminded"),
    (Kind::WaitStopped, "wait_stopped"),
    (Kind::WaitDone, "wait_done"),
];

/// A mail that is to leave.
#[derive(Clone)]
pub(crate) struct OutboxRow {
    pub(crate) id: [u8; 16],
    pub(crate) kind: Kind,
    pub(crate) subject: [u8; 16],
    pub(crate) attempts: u32,
    pub(crate) created_at: Seconds,
    /// The network address that the mail names, or the address that it goes to
    /// where the account has none.
    pub(crate) address: Option<String>,
}

impl OutboxRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let name = row.text("kind")?;
        let kind = KINDS.iter().find(|(_, known)| *known == name);
        Ok(Self {
            id: row.array("id")?,
            kind: kind
                .map(|(kind, _)| *kind)
                .ok_or(StoreError::Damaged { column: "kind" })?,
            subject: row.array("subject")?,
            attempts: row.small("attempts")?,
            created_at: row.integer("created_at")?,
            address: row.optional_text("address")?,
        })
    }
}

/// Puts a mail into the outbox, in the transaction that it tells of.
pub(crate) async fn post(
    tx: &mut Tx,
    id: [u8; 16],
    (kind, subject): (Kind, [u8; 16]),
    now: Seconds,
) -> Result<(), StoreError> {
    post_naming(tx, id, (kind, subject), (now, None)).await
}

/// The same for a mail that takes an address; it goes with the row.
pub(crate) async fn post_naming(
    tx: &mut Tx,
    id: [u8; 16],
    (kind, subject): (Kind, [u8; 16]),
    (now, address): (Seconds, Option<String>),
) -> Result<(), StoreError> {
    let name = KINDS.iter().find(|(known, _)| *known == kind);
    sqlx::query(
        "insert into outbox (id, kind, subject, attempts, next_at, created_at, address) values ($1, $2, $3, 0, $4, $4, $5)",
    )
    .bind(id.as_slice())
    .bind(name.map_or("", |(_, name)| name))
    .bind(subject.as_slice())
    .bind(db(now))
    .bind(address)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes the next mail that is due; until `lease` nobody else takes it.
pub(crate) async fn take_due(
    store: &Store,
    now: Seconds,
    lease: Seconds,
) -> Result<Option<OutboxRow>, StoreError> {
    let row = sqlx::query(
        "update outbox set attempts = attempts + 1, next_at = $2 where id = \
         (select id from outbox where next_at <= $1 order by next_at, created_at, id limit 1) and next_at <= $1 \
         returning *",
    )
    .bind(db(now))
    .bind(db(lease))
    .fetch_optional(store.pool())
    .await?;
    row.as_ref().map(OutboxRow::read).transpose()
}

/// Tries again then.
pub(crate) async fn try_again(store: &Store, id: [u8; 16], at: Seconds) -> Result<(), StoreError> {
    sqlx::query("update outbox set next_at = $2 where id = $1")
        .bind(id.as_slice())
        .bind(db(at))
        .execute(store.pool())
        .await?;
    Ok(())
}

/// Whether a mail about `subject` waits to leave.
pub(crate) async fn is_posted(
    tx: &mut Tx,
    (kinds, subject): (&[Kind], [u8; 16]),
) -> Result<bool, StoreError> {
    let rows = sqlx::query("select kind from outbox where subject = $1")
        .bind(subject.as_slice())
        .fetch_all(&mut **tx)
        .await?;
    for row in rows {
        let name = row.text("kind")?;
        let mut known = KINDS.iter().filter(|(kind, _)| kinds.contains(kind));
        if known.any(|(_, known)| *known == name) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// It left, or never will.
pub(crate) async fn settle(store: &Store, id: [u8; 16]) -> Result<(), StoreError> {
    sqlx::query("delete from outbox where id = $1")
        .bind(id.as_slice())
        .execute(store.pool())
        .await?;
    Ok(())
}
