//! Sessions of the portal, and hints which device waits for one.

use sqlx::any::AnyRow;

use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::Seconds;
use sigill_core::wire::portal::Place;

use super::flows::Browser;
use super::sessions::{SessionId, SessionRow};
use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// How somebody signed in to the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignedInBy {
    Password,
    Identity { issuer: String, subject: String },
}

/// A session of the portal.
pub(crate) struct PortalRow {
    pub(crate) cookie: Browser,
    pub(crate) session: SessionId,
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) by: SignedInBy,
    /// When the person last proved who it is.
    pub(crate) proved_at: Seconds,
    /// The device that waits.
    pub(crate) waiting: Option<DeviceId>,
    pub(crate) until: Seconds,
}

impl PortalRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let issuer = row.optional_text("issuer")?;
        let subject = row.optional_text("subject")?;
        let by = match issuer.zip(subject) {
            Some((issuer, subject)) => SignedInBy::Identity { issuer, subject },
            None => SignedInBy::Password,
        };
        Ok(Self {
            cookie: row.array("cookie")?,
            session: row.array("session")?,
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            by,
            proved_at: row.integer("proved_at")?,
            waiting: row.optional_array("waiting")?.map(DeviceId),
            until: row.integer("until")?,
        })
    }
}

/// Begins a portal session beside its row in `sessions`.
pub(crate) async fn insert_portal_session(tx: &mut Tx, new: &PortalRow) -> Result<(), StoreError> {
    let (issuer, subject) = match &new.by {
        SignedInBy::Password => (None, None),
        SignedInBy::Identity { issuer, subject } => (Some(issuer.as_str()), Some(subject.as_str())),
    };
    sqlx::query(
        "insert into portal_sessions (cookie, session, account, device, issuer, subject, proved_at, waiting, until) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new.cookie.as_slice())
    .bind(new.session.as_slice())
    .bind(new.account.as_bytes())
    .bind(new.device.as_bytes())
    .bind(issuer)
    .bind(subject)
    .bind(db(new.proved_at))
    .bind(new.waiting.as_ref().map(DeviceId::as_bytes))
    .bind(db(new.until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// The session of a cookie, while it and its row in `sessions` live.
    pub(crate) async fn portal_session(
        &self,
        cookie: Browser,
        now: Seconds,
    ) -> Result<Option<PortalRow>, StoreError> {
        let row = sqlx::query(
            "select portal_sessions.* from portal_sessions join sessions on sessions.id = portal_sessions.session \
             where cookie = $1 and until > $2",
        )
        .bind(cookie.as_slice())
        .bind(db(now))
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(PortalRow::read).transpose()
    }

    /// The session lasts until then: it was used.
    pub(crate) async fn prolong_portal_session(
        &self,
        session: SessionId,
        until: Seconds,
    ) -> Result<(), StoreError> {
        sqlx::query("update portal_sessions set until = $2 where session = $1")
            .bind(session.as_slice())
            .bind(db(until))
            .execute(self.pool())
            .await?;
        Ok(())
    }

    /// Visits whose time is over and that were not ended yet.
    pub(crate) async fn lapsed_visits(
        &self,
        now: Seconds,
    ) -> Result<Vec<(AccountId, DeviceId)>, StoreError> {
        let rows = sqlx::query(
            "select portal_sessions.account, portal_sessions.device from portal_sessions \
             join sessions on sessions.id = portal_sessions.session where until <= $1",
        )
        .bind(db(now))
        .fetch_all(self.pool())
        .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    AccountId(row.array("account")?),
                    DeviceId(row.array("device")?),
                ))
            })
            .collect()
    }

    /// Forgets visits that are over, with the device rows that they were. Where
    /// an operation names one they stay, ended, until it is forgotten.
    pub(crate) async fn forget_portal(&self, now: Seconds) -> Result<(), StoreError> {
        for statement in [
            "delete from devices where device in (select device from portal_sessions where until <= $1 \
             and session not in (select id from sessions)) and device not in (select device from operations)",
            "delete from portal_sessions where until <= $1 and session not in (select id from sessions) \
             and device not in (select device from operations)",
            "delete from portal_hints where until <= $1",
            "delete from portal_codes where until <= $1",
        ] {
            sqlx::query(statement)
                .bind(db(now))
                .execute(self.pool())
                .await?;
        }
        Ok(())
    }
}

/// Whether a session is a visit to the portal.
pub(crate) async fn is_portal_session(tx: &mut Tx, session: SessionId) -> Result<bool, StoreError> {
    let row = sqlx::query("select 1 from portal_sessions where session = $1")
        .bind(session.as_slice())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// Whether the time of a visit is over.
pub(crate) async fn has_lapsed(
    tx: &mut Tx,
    device: DeviceId,
    now: Seconds,
) -> Result<bool, StoreError> {
    let row = sqlx::query("select 1 from portal_sessions where device = $1 and until <= $2")
        .bind(device.as_bytes())
        .bind(db(now))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.is_some())
}

/// The portal's devices that an identity signed in.
pub(crate) async fn portal_devices_of(
    tx: &mut Tx,
    account: AccountId,
    (issuer, subject): (&str, &str),
) -> Result<Vec<DeviceId>, StoreError> {
    let rows = sqlx::query(
        "select device from portal_sessions where account = $1 and issuer = $2 and subject = $3",
    )
    .bind(account.as_bytes())
    .bind(issuer)
    .bind(subject)
    .fetch_all(&mut **tx)
    .await?;
    rows.iter()
        .map(|row| row.array("device").map(DeviceId))
        .collect()
}

/// The person of a session proved anew who it is.
pub(crate) async fn set_proved(
    tx: &mut Tx,
    session: SessionId,
    at: Seconds,
) -> Result<(), StoreError> {
    sqlx::query("update portal_sessions set proved_at = $2 where session = $1")
        .bind(session.as_slice())
        .bind(db(at))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// A device sent its person to the portal.
pub(crate) struct HintRow {
    pub(crate) account: AccountId,
    pub(crate) device: DeviceId,
    pub(crate) place: Place,
}

impl HintRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            account: AccountId(row.array("account")?),
            device: DeviceId(row.array("device")?),
            place: word(row.text("place")?, "place")?,
        })
    }
}

/// Remembers a hint under the hash of its token.
pub(crate) async fn insert_hint(
    tx: &mut Tx,
    (id, session): ([u8; 32], &SessionRow),
    place: Place,
    until: Seconds,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into portal_hints (id, account, device, place, until) values ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_slice())
    .bind(session.account.as_bytes())
    .bind(session.device.as_bytes())
    .bind(as_word(place))
    .bind(db(until))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// A hint, while no other browser opened it.
    pub(crate) async fn hint(
        &self,
        (id, browser): ([u8; 32], Browser),
        now: Seconds,
    ) -> Result<Option<HintRow>, StoreError> {
        let row = sqlx::query(
            "select * from portal_hints where id = $1 and (browser is null or browser = $2) \
             and until > $3",
        )
        .bind(id.as_slice())
        .bind(browser.as_slice())
        .bind(db(now))
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(HintRow::read).transpose()
    }

    /// Opens a hint: the first browser has it, and no other.
    pub(crate) async fn open_hint(
        &self,
        (id, browser): ([u8; 32], Browser),
        now: Seconds,
    ) -> Result<Option<HintRow>, StoreError> {
        let row = sqlx::query(
            "update portal_hints set browser = $2 where id = $1 and (browser is null or browser = $2) \
             and until > $3 returning *",
        )
        .bind(id.as_slice())
        .bind(browser.as_slice())
        .bind(db(now))
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(HintRow::read).transpose()
    }
}

/// The newest hint that a browser opened.
pub(crate) async fn hint_of(
    tx: &mut Tx,
    browser: Browser,
    now: Seconds,
) -> Result<Option<HintRow>, StoreError> {
    let row = sqlx::query(
        "select * from portal_hints where browser = $1 and until > $2 order by until desc limit 1",
    )
    .bind(browser.as_slice())
    .bind(db(now))
    .fetch_optional(&mut **tx)
    .await?;
    row.as_ref().map(HintRow::read).transpose()
}

/// A session that was there gets the device that waits.
pub(crate) async fn set_waiting(
    tx: &mut Tx,
    session: SessionId,
    device: DeviceId,
) -> Result<(), StoreError> {
    sqlx::query("update portal_sessions set waiting = $2 where session = $1")
        .bind(session.as_slice())
        .bind(device.as_bytes())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The browser's hints are spent.
pub(crate) async fn spend_hints(tx: &mut Tx, browser: Browser) -> Result<(), StoreError> {
    sqlx::query("delete from portal_hints where browser = $1")
        .bind(browser.as_slice())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
