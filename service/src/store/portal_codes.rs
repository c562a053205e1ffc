//! Codes that the portal mails, each for one browser and one purpose.

use sqlx::any::AnyRow;

use sigill_core::confirmation::code::{CodeTag, Salt};
use sigill_core::id::{AccountId, Hash};
use sigill_core::wire::Seconds;
use sigill_core::wire::account::Language;

use super::flows::{Browser, Id};
use super::{Columns, Store, StoreError, Tx, as_word, db, word};

/// What a code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeFor {
    /// Choosing an account password: the address becomes the account's.
    Linking,
    /// Another account password in the place of a forgotten one.
    Forgotten,
    /// Deleting an account that has no account password.
    Deleting,
    /// The ways that take seven days.
    LostFactor,
    /// The code goes to the new address.
    LostAddress,
    LostProvider,
}

const NAMES: [(CodeFor, &str); 6] = [
    (CodeFor::Linking, "linking"),
    (CodeFor::Forgotten, "forgotten"),
    (CodeFor::Deleting, "deleting"),
    (CodeFor::LostFactor, "lost_factor"),
    (CodeFor::LostAddress, "lost_address"),
    (CodeFor::LostProvider, "lost_provider"),
];

impl CodeFor {
    fn name(self) -> &'static str {
        let found = NAMES.iter().find(|(known, _)| *known == self);
        found.map_or("", |(_, name)| name)
    }
}

/// A code that was asked for.
pub(crate) struct PortalCodeRow {
    pub(crate) id: Id,
    pub(crate) browser: Browser,
    pub(crate) purpose: CodeFor,
    /// None where the address has no account: no mail goes there.
    pub(crate) account: Option<AccountId>,
    /// What the account was, where more than the code was shown.
    pub(crate) base: Option<Hash>,
    pub(crate) email: String,
    pub(crate) language: Language,
    pub(crate) tries: u32,
    pub(crate) code: Option<(Salt, CodeTag)>,
    pub(crate) code_until: Seconds,
    /// When it was typed; 0 before.
    pub(crate) proven_at: Seconds,
    pub(crate) until: Seconds,
}

impl PortalCodeRow {
    fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let name = row.text("purpose")?;
        let purpose = NAMES.iter().find(|(_, known)| *known == name);
        let salt = row.optional_array("code_salt")?;
        let tag = row.optional_array("code_tag")?.map(CodeTag::of_column);
        Ok(Self {
            id: row.array("id")?,
            browser: row.array("browser")?,
            purpose: purpose
                .map(|(purpose, _)| *purpose)
                .ok_or(StoreError::Damaged { column: "purpose" })?,
            account: row.optional_array("account")?.map(AccountId),
            base: row.optional_array("base")?.map(Hash),
            email: row.text("email")?,
            language: word(row.text("language")?, "language")?,
            tries: row.small("tries")?,
            code: salt.zip(tag),
            code_until: row.integer("code_until")?,
            proven_at: row.integer("proven_at")?,
            until: row.integer("until")?,
        })
    }
}

/// Puts a code in the place of the one that this browser asked for before. The
/// tries are not refilled: as many as that one had are gone.
pub(crate) async fn replace_portal_code(
    tx: &mut Tx,
    new: &PortalCodeRow,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into portal_codes (id, browser, purpose, account, email, language, tries, code_until, proven_at, \
         until, base) values ($1, $2, $3, $4, $5, $6, 0, 0, 0, $7, $8) on conflict (browser, purpose) do update set \
         id = excluded.id, account = excluded.account, email = excluded.email, language = excluded.language, \
         code_salt = null, code_tag = null, code_until = 0, proven_at = 0, until = excluded.until, \
         base = excluded.base",
    )
    .bind(new.id.as_slice())
    .bind(new.browser.as_slice())
    .bind(new.purpose.name())
    .bind(new.account.as_ref().map(AccountId::as_bytes))
    .bind(new.email.as_str())
    .bind(as_word(new.language))
    .bind(db(new.until))
    .bind(new.base.as_ref().map(Hash::as_bytes))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Store {
    /// The code that a browser asked for.
    pub(crate) async fn portal_code_of(
        &self,
        (browser, purpose): (Browser, CodeFor),
        now: Seconds,
    ) -> Result<Option<PortalCodeRow>, StoreError> {
        let row = sqlx::query(
            "select * from portal_codes where browser = $1 and purpose = $2 and until > $3",
        )
        .bind(browser.as_slice())
        .bind(purpose.name())
        .bind(db(now))
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(PortalCodeRow::read).transpose()
    }

    /// Counts a try and returns the row after it, if there is one left to count.
    pub(crate) async fn count_portal_try(
        &self,
        (browser, purpose): (Browser, CodeFor),
        most: u32,
        now: Seconds,
    ) -> Result<Option<PortalCodeRow>, StoreError> {
        let row = sqlx::query(
            "update portal_codes set tries = tries + 1 where browser = $1 and purpose = $2 and tries < $3 \
             and until > $4 returning *",
        )
        .bind(browser.as_slice())
        .bind(purpose.name())
        .bind(i64::from(most))
        .bind(db(now))
        .fetch_optional(self.pool())
        .await?;
        row.as_ref().map(PortalCodeRow::read).transpose()
    }

    /// The code by its own name, for the courier.
    pub(crate) async fn portal_code(&self, id: Id) -> Result<Option<PortalCodeRow>, StoreError> {
        let row = sqlx::query("select * from portal_codes where id = $1")
            .bind(id.as_slice())
            .fetch_optional(self.pool())
            .await?;
        row.as_ref().map(PortalCodeRow::read).transpose()
    }

    /// The code that counts from now on.
    pub(crate) async fn set_portal_code(
        &self,
        id: Id,
        (salt, tag): (Salt, CodeTag),
        until: Seconds,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "update portal_codes set code_salt = $2, code_tag = $3, code_until = $4 where id = $1",
        )
        .bind(id.as_slice())
        .bind(salt.as_slice())
        .bind(tag.as_bytes().as_slice())
        .bind(db(until))
        .execute(self.pool())
        .await?;
        Ok(())
    }
}

/// The code was right: it is good no more, and the address is proven. How many
/// it was the first right one for: 0 or 1.
pub(crate) async fn prove_portal_code(tx: &mut Tx, id: Id, at: Seconds) -> Result<u64, StoreError> {
    let proven = sqlx::query(
        "update portal_codes set proven_at = $2, code_salt = null, code_tag = null \
         where id = $1 and code_tag is not null",
    )
    .bind(id.as_slice())
    .bind(db(at))
    .execute(&mut **tx)
    .await?;
    Ok(proven.rows_affected())
}

/// What the code opened was done. How many were there: 0 or 1.
pub(crate) async fn spend_portal_code(tx: &mut Tx, id: Id) -> Result<u64, StoreError> {
    let spent = sqlx::query("delete from portal_codes where id = $1")
        .bind(id.as_slice())
        .execute(&mut **tx)
        .await?;
    Ok(spent.rows_affected())
}
