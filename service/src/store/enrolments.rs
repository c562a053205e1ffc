//! What waits to be enrolled, and what the next weakening is about.

use sqlx::any::AnyRow;

use sigill_core::account::MailAddress;
use sigill_core::confirmation::action::Weakening;
use sigill_core::confirmation::code::{CodeTag, Salt};
use sigill_core::confirmation::factor::Step;
use sigill_core::confirmation::policy::Profile;
use sigill_core::id::{AccountId, DeviceId, EnrolmentId, Hash};
use sigill_core::wire::Seconds;

use super::{Columns, Store, StoreError, Tx, as_json, as_word, db, json, word};

/// What is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EnrolmentKind {
    Phone,
    Authenticator,
    BackupCodes,
    Email,
    /// A person at a provider, who proved it there.
    Identity,
}

/// A person at a provider.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Person {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    /// The provider's name in the settings.
    pub(crate) provider: String,
    /// What the provider says; empty where it says nothing.
    pub(crate) email: String,
}

impl Person {
    /// Who it is, for a page or a mail: the provider decides by the subject, a
    /// person by the address. Neither can look like anything but a name.
    pub(crate) fn who(&self) -> String {
        let subject = self.subject.escape_default();
        match MailAddress::parse(&self.email) {
            Ok(email) => format!("{} ({subject})", email.as_str()),
            Err(_) => subject.to_string(),
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EnrolmentStand {
    /// Nothing shows yet that it works.
    Untried,
    /// It works; its operation may name it.
    Tried,
}

/// What waits to be enrolled.
#[derive(Clone)]
pub(crate) struct EnrolmentRow {
    pub(crate) id: EnrolmentId,
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) kind: EnrolmentKind,
    /// Number, address, sealed secret, or a [`Person`] as JSON.
    pub(crate) value: String,
    pub(crate) stand: EnrolmentStand,
    pub(crate) tries: u32,
    pub(crate) code: Option<(Salt, CodeTag)>,
    pub(crate) code_until: Seconds,
    /// The time step with which an authenticator was tried.
    pub(crate) step: Step,
    pub(crate) until: Seconds,
}

impl EnrolmentRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let salt = row.optional_array("code_salt")?;
        let tag = row.optional_array("code_tag")?.map(CodeTag::of_column);
        Ok(Self {
            id: EnrolmentId(row.array("id")?),
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            kind: word(row.text("kind")?, "kind")?,
            value: row.text("value")?,
            stand: word(row.text("stand")?, "stand")?,
            tries: row.small("tries")?,
            code: salt.zip(tag),
            code_until: row.integer("code_until")?,
            step: Step(row.integer("step")?),
            until: row.integer("until")?,
        })
    }
}

/// Puts a new one into the place of whatever of this device waited before.
pub(crate) async fn replace_enrolment(tx: &mut Tx, new: &EnrolmentRow) -> Result<(), StoreError> {
    sqlx::query(
        "delete from backup_codes where owner in (select id from enrolments where account = $1 and device = $2)",
    )
    .bind(new.account.as_bytes())
    .bind(new.device.as_bytes())
    .execute(&mut **tx)
    .await?;
    sqlx::query("delete from enrolments where account = $1 and device = $2")
        .bind(new.account.as_bytes())
        .bind(new.device.as_bytes())
        .execute(&mut **tx)
        .await?;
    sqlx::query(
        "insert into enrolments (id, account, device, kind, value, stand, tries, code_until, step, until) \
         values ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7)",
    )
    .bind(new.id.as_bytes())
    .bind(new.account.as_bytes())
    .bind(new.device.as_bytes())
    .bind(as_word(new.kind))
    .bind(new.value.as_str())
    .bind(as_word(new.stand))
    .bind(db(new.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// What belongs to whom is asked in the statement: a foreign one is absent.
pub(crate) async fn enrolment_of(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    id: EnrolmentId,
) -> Result<Option<EnrolmentRow>, StoreError> {
    let row =
        sqlx::query("select * from enrolments where id = $1 and account = $2 and device = $3")
            .bind(id.as_bytes())
            .bind(account.as_bytes())
            .bind(device.as_bytes())
            .fetch_optional(&mut **tx)
            .await?;
    row.as_ref().map(EnrolmentRow::read).transpose()
}

/// Whoever proved at a provider who they are, and waits to be let in by this device.
pub(crate) async fn person_waiting(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    (issuer, subject): (&str, &str),
) -> Result<Option<(EnrolmentId, Person)>, StoreError> {
    let row = sqlx::query(
        "select id, value from enrolments where account = $1 and device = $2 and kind = $3 and stand = $4",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(as_word(EnrolmentKind::Identity))
    .bind(as_word(EnrolmentStand::Tried))
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let person: Person = json(&row.text("value")?, "value")?;
    let is_named = person.issuer == issuer && person.subject == subject;
    let id = EnrolmentId(row.array("id")?);
    Ok(is_named.then_some((id, person)))
}

/// For the courier, which knows its name only.
pub(crate) async fn enrolment(
    store: &Store,
    id: EnrolmentId,
) -> Result<Option<EnrolmentRow>, StoreError> {
    let row = sqlx::query("select * from enrolments where id = $1")
        .bind(id.as_bytes())
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(EnrolmentRow::read).transpose()
}

/// Saves tries, code, and how far it is.
pub(crate) async fn save_enrolment(tx: &mut Tx, row: &EnrolmentRow) -> Result<(), StoreError> {
    let (salt, tag) = row.code.clone().unzip();
    sqlx::query(
        "update enrolments set stand = $2, tries = $3, code_salt = $4, code_tag = $5, code_until = $6, step = $7 \
         where id = $1",
    )
    .bind(row.id.as_bytes())
    .bind(as_word(row.stand))
    .bind(i64::from(row.tries))
    .bind(salt.map(|salt| salt.to_vec()))
    .bind(tag.map(|tag| tag.as_bytes().to_vec()))
    .bind(db(row.code_until))
    .bind(db(row.step.0))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn delete_enrolment(tx: &mut Tx, id: EnrolmentId) -> Result<(), StoreError> {
    for statement in [
        "delete from backup_codes where owner = $1",
        "delete from enrolments where id = $1",
    ] {
        sqlx::query(statement)
            .bind(id.as_bytes())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// What a weakening is about, checked and made harmless: of a password its hash.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct StagedRow {
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) parameters: Hash,
    pub(crate) what: Weakening,
    pub(crate) about: StagedAbout,
    pub(crate) until: Seconds,
}

/// The kinds of it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum StagedAbout {
    /// PHC string.
    Password(String),
    Enrolment(EnrolmentId, Profile),
    NoFactor,
    /// Seconds.
    Undo(Seconds),
    /// Issuer and subject: of whoever is let in, or signs in no more.
    Identity(String, String),
}

impl StagedRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged { column: "value" };
        let value = row.text("value")?;
        Ok(Self {
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            parameters: Hash(row.array("parameters")?),
            what: word(row.text("what")?, "what")?,
            about: match row.text("kind")?.as_str() {
                "password" => StagedAbout::Password(value),
                "enrolment" => {
                    let id = value.parse().map_err(|_| damaged())?;
                    StagedAbout::Enrolment(id, Profile::Standard)
                }
                "enrolment_strict" => {
                    let id = value.parse().map_err(|_| damaged())?;
                    StagedAbout::Enrolment(id, Profile::Strict)
                }
                "no_factor" => StagedAbout::NoFactor,
                "undo" => StagedAbout::Undo(value.parse().map_err(|_| damaged())?),
                "identity" => {
                    let (issuer, subject) = json(&value, "value")?;
                    StagedAbout::Identity(issuer, subject)
                }
                _ => return Err(StoreError::Damaged { column: "kind" }),
            },
            until: row.integer("until")?,
        })
    }
}

/// Keeps it for its operation; whatever of this device waited before is forgotten.
pub(crate) async fn stage(tx: &mut Tx, new: &StagedRow) -> Result<(), StoreError> {
    let (kind, value) = match &new.about {
        StagedAbout::Password(hash) => ("password", hash.clone()),
        StagedAbout::Enrolment(id, Profile::Standard) => ("enrolment", id.to_string()),
        StagedAbout::Enrolment(id, Profile::Strict) => ("enrolment_strict", id.to_string()),
        StagedAbout::NoFactor => ("no_factor", String::new()),
        StagedAbout::Undo(seconds) => ("undo", seconds.to_string()),
        StagedAbout::Identity(issuer, subject) => ("identity", as_json(&(issuer, subject))),
    };
    unstage(tx, (new.account, new.device)).await?;
    sqlx::query(
        "insert into weakenings (account, device, parameters, what, kind, value, until) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.account.as_bytes())
    .bind(new.device.as_bytes())
    .bind(new.parameters.as_bytes())
    .bind(as_word(new.what))
    .bind(kind)
    .bind(value)
    .bind(db(new.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn staged(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
    parameters: Hash,
) -> Result<Option<StagedRow>, StoreError> {
    let row = sqlx::query(
        "select * from weakenings where account = $1 and device = $2 and parameters = $3",
    )
    .bind(account.as_bytes())
    .bind(device.as_bytes())
    .bind(parameters.as_bytes())
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(StagedRow::read).transpose()
}

pub(crate) async fn unstage(
    tx: &mut Tx,
    (account, device): (AccountId, DeviceId),
) -> Result<(), StoreError> {
    sqlx::query("delete from weakenings where account = $1 and device = $2")
        .bind(account.as_bytes())
        .bind(device.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Forgets what waited too long.
pub(crate) async fn forget_enrolments(store: &Store, now: Seconds) -> Result<(), StoreError> {
    for statement in [
        "delete from backup_codes where owner in (select id from enrolments where until <= $1)",
        "delete from enrolments where until <= $1",
        "delete from weakenings where until <= $1",
        "delete from sign_in_texts where code_until <= $1 and wanted_at + 600 <= $1",
    ] {
        sqlx::query(statement)
            .bind(db(now))
            .execute(store.pool())
            .await?;
    }
    Ok(())
}
