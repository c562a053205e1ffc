//! Authorization requests that wait for their callback, and devices that wait
//! to be signed in by one.

use sqlx::any::AnyRow;

use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;

use super::sessions::SessionId;
use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// Names a flow, a sign-in or a code: 16 random bytes.
pub(crate) type Id = [u8; 16];
/// Names a browser: SHA-256 of its cookie.
pub(crate) type Browser = [u8; 32];

/// What somebody goes to the provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To sign a device in; the sign-in.
    Device(Id),
    /// To sign in to the portal.
    Portal,
    /// To prove anew who it is; the portal's session, and where it goes on.
    Again(SessionId, Then),
    /// To let one more person at a provider sign in; the portal's session.
    Add(SessionId),
}

/// Where somebody goes on who proved anew who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    ChoosePassword,
    DeleteAccount,
    Timeline,
    Data,
}

impl Then {
    const ALL: [(Self, &'static str); 4] = [
        (Self::ChoosePassword, "again"),
        (Self::DeleteAccount, "again_delete"),
        (Self::Timeline, "again_timeline"),
        (Self::Data, "again_data"),
    ];

    fn word(self) -> &'static str {
        let found = Self::ALL.iter().find(|(known, _)| *known == self);
        found.map_or("again", |(_, word)| word)
    }

    fn of_word(word: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == word);
        found.map(|(then, _)| *then)
    }
}

impl Purpose {
    fn columns(&self) -> (&'static str, Option<&[u8]>) {
        match self {
            Self::Device(id) => ("device", Some(id.as_slice())),
            Self::Portal => ("portal", None),
            Self::Again(session, then) => (then.word(), Some(session.as_slice())),
            Self::Add(session) => ("add", Some(session.as_slice())),
        }
    }

    fn of_columns(name: &str, subject: Option<[u8; 16]>) -> Option<Self> {
        match (name, subject) {
            ("device", Some(id)) => Some(Self::Device(id)),
            ("portal", None) => Some(Self::Portal),
            ("add", Some(session)) => Some(Self::Add(session)),
            (word, Some(session)) => Then::of_word(word).map(|then| Self::Again(session, then)),
            _ => None,
        }
    }
}

/// A flow that waits for its callback.
pub(crate) struct FlowRow {
    pub(crate) id: Id,
    pub(crate) browser: Browser,
    pub(crate) provider: String,
    pub(crate) purpose: Purpose,
    pub(crate) until: Seconds,
}

impl Store {
    /// Remembers a flow.
    pub(crate) async fn insert_flow(&self, flow: &FlowRow) -> Result<(), StoreError> {
        let (purpose, subject) = flow.purpose.columns();
        sqlx::query(
            "insert into oidc_flows (id, browser, provider, purpose, subject, until) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(flow.id.as_slice())
        .bind(flow.browser.as_slice())
        .bind(flow.provider.as_str())
        .bind(purpose)
        .bind(subject)
        .bind(db(flow.until))
        .execute(self.pool())
        .await?;
        Ok(())
    }

    /// Takes a flow out, for the browser that began it: a callback is good once.
    pub(crate) async fn take_flow(
        &self,
        id: Id,
        browser: Browser,
    ) -> Result<Option<FlowRow>, StoreError> {
        let row = sqlx::query("delete from oidc_flows where id = $1 and browser = $2 returning *")
            .bind(id.as_slice())
            .bind(browser.as_slice())
            .fetch_optional(self.pool())
            .await?;
        row.map(|row| {
            let purpose =
                Purpose::of_columns(&row.text("purpose")?, row.optional_array("subject")?);
            Ok(FlowRow {
                id,
                browser,
                provider: row.text("provider")?,
                purpose: purpose.ok_or(StoreError::Damaged { column: "purpose" })?,
                until: row.integer("until")?,
            })
        })
        .transpose()
    }

    /// Forgets what nobody came back from.
    pub(crate) async fn forget_flows(&self, now: Seconds) -> Result<(), StoreError> {
        for statement in [
            "delete from oidc_flows where until <= $1",
            "delete from sign_ins where until <= $1",
        ] {
            sqlx::query(statement)
                .bind(db(now))
                .execute(self.pool())
                .await?;
        }
        Ok(())
    }
}

/// A device that waits to be signed in by a provider.
pub(crate) struct SignInRow {
    pub(crate) id: Id,
    pub(crate) device: DeviceId,
    pub(crate) device_name: String,
    pub(crate) language: Language,
    pub(crate) provider: String,
    pub(crate) network: [u8; 32],
    pub(crate) until: Seconds,
    pub(crate) granted: Option<(AccountId, SessionId)>,
}

impl SignInRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let account = row.optional_array("account")?.map(AccountId);
        Ok(Self {
            id: row.array("id")?,
            device: DeviceId(row.array("device")?),
            device_name: row.text("device_name")?,
            language: word(row.text("language")?, "language")?,
            provider: row.text("provider")?,
            network: row.array("network")?,
            until: row.integer("until")?,
            granted: account.zip(row.optional_array("session")?),
        })
    }
}

pub(crate) async fn insert_sign_in(tx: &mut Tx, new: &SignInRow) -> Result<(), StoreError> {
    sqlx::query(
        "insert into sign_ins (id, device, device_name, language, provider, network, until) \
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new.id.as_slice())
    .bind(new.device.as_bytes())
    .bind(new.device_name.as_str())
    .bind(as_word(new.language))
    .bind(new.provider.as_str())
    .bind(new.network.as_slice())
    .bind(db(new.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

pub(crate) async fn sign_in_waiting(
    store: &Store,
    id: Id,
    now: Seconds,
) -> Result<Option<SignInRow>, StoreError> {
    let row = sqlx::query("select * from sign_ins where id = $1 and until > $2")
        .bind(id.as_slice())
        .bind(db(now))
        .fetch_optional(store.pool())
        .await?;
    row.as_ref().map(SignInRow::read).transpose()
}

/// Grants a sign-in its session. How many it granted: 0 where it was too late, or granted before.
pub(crate) async fn grant_sign_in(
    tx: &mut Tx,
    id: Id,
    (account, session): (AccountId, SessionId),
    now: Seconds,
) -> Result<u64, StoreError> {
    let granted = sqlx::query(
        "update sign_ins set account = $2, session = $3 where id = $1 and session is null and until > $4",
    )
    .bind(id.as_slice())
    .bind(account.as_bytes())
    .bind(session.as_slice())
    .bind(db(now))
    .execute(&mut **tx)
    .await?;
    Ok(granted.rows_affected())
}
