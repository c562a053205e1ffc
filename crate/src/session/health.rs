//! What is to mend among the logins. The rules are the core's
//! (`sigill_core::health`); of passwords only what [`Session::guessable`] gives
//! goes out (docs/adr/0052).

use sigill_core::health::{self, Asides, Examination, Finding, Fingerprint, Range};
use sigill_core::id::ItemId;
use sigill_core::order::sorted;
use sigill_core::site;
use sigill_core::vault::item::Field;

use super::Session;
use super::items::parse;
use crate::api::{Breached, Guessable, HealthFinding, HealthLogin};
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// JSON text of [`HealthLogin`]s: the logins in sight that have a password, by name.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn health(&self) -> Result<String, Trouble> {
        self.examined(|_| true).await
    }

    /// The same of some of them, which are held against each other only.
    ///
    /// # Errors
    /// `not_found` where a name is none; `locked`, `no_vault`, `damaged`.
    pub async fn health_of(&self, ids: &[String]) -> Result<String, Trouble> {
        let ids: Result<Vec<ItemId>, Trouble> = ids.iter().map(|id| parse(id)).collect();
        let ids = sorted(ids?, ItemId::cmp);
        self.examined(|id| ids.binary_search(id).is_ok()).await
    }

    async fn examined(&self, is_wanted: impl Fn(&ItemId) -> bool) -> Result<String, Trouble> {
        let suffixes = self.suffixes().await?;
        let asides = self.asides(&self.keys().await?).await?;
        let (vault, open) = self.opened().await?;
        let mut logins = self.look(|entries| Ok(health::logins(&entries.index)))?;
        logins.retain(is_wanted);
        let mut examination = Examination::new(&suffixes, self.rim.now(), Asides::parse(&asides));
        for id in logins {
            examination.look(id, &vault.item(id, &open.keys)?);
        }
        let found: Vec<HealthLogin> = examination.finish().into_iter().map(Into::into).collect();
        serde_json::to_string(&found).map_err(|_| Trouble::Damaged)
    }

    /// The password of a login, and what stands beside it.
    ///
    /// # Errors
    /// `not_found`, `locked`, `no_vault`, `damaged`.
    pub async fn guessable(&self, id: &str) -> Result<Guessable, Trouble> {
        let (vault, open) = self.opened().await?;
        let item = vault.item(parse(id)?, &open.keys)?;
        let hosts = item.urls.iter().map(|url| site::host(&url.text).into());
        let texts = [item.name.clone(), item.value(Field::Username).into()];
        let texts: Vec<String> = texts.into_iter().chain(hosts).collect();
        let password = item.value(Field::Password);
        Ok(Guessable {
            password: password.into(),
            prefix: Fingerprint::of(password).prefix(),
            known: with_their_words(texts),
        })
    }

    /// How often the passwords of `ids` leaked by `text`, the answer about what begins
    /// with `prefix`. Of one that is another by now nothing is said.
    ///
    /// # Errors
    /// `breach_garbage` where it is none; `locked`, `no_vault`, `damaged`.
    pub async fn breached(
        &self,
        prefix: &str,
        text: &str,
        ids: &[String],
    ) -> Result<Vec<Breached>, Trouble> {
        let range = Range::parse(prefix, text).ok_or(Trouble::BreachGarbage)?;
        let (vault, open) = self.opened().await?;
        let mut breached = Vec::new();
        for id in ids {
            let item = match vault.item(parse(id)?, &open.keys) {
                Err(Trouble::NotFound) => continue, // erased while the answer was on its way
                item => item?,
            };
            let times = range.times(&Fingerprint::of(item.value(Field::Password)));
            breached.extend(times.map(|times| Breached {
                id: id.clone(),
                times,
            }));
        }
        Ok(breached)
    }
}

impl From<health::Login> for HealthLogin {
    fn from(login: health::Login) -> Self {
        Self {
            id: login.id.to_string(),
            name: login.name,
            detail: login.detail,
            site: login.site,
            since: login.since,
            password: login.password,
            accounts: login.accounts,
            prefix: login.prefix,
            findings: login.findings.into_iter().map(Into::into).collect(),
            aside: login.aside.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Finding> for HealthFinding {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::Leaked => Self::Leaked,
            Finding::Reused => Self::Reused,
            Finding::Weak => Self::Weak,
            Finding::InClear => Self::InClear,
            Finding::TwoFactor => Self::TwoFactor,
            Finding::Old => Self::Old,
        }
    }
}

/// Who takes `anna.andersson@mail.example` for a password's beginning takes a word of it.
fn with_their_words(texts: Vec<String>) -> Vec<String> {
    const SHORTEST: usize = 3;
    let words = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let is_new = |word: &&str| !texts.iter().any(|text| text == word);
    let words = words.filter(|word| word.chars().count() >= SHORTEST && is_new(word));
    let words: Vec<String> = words.map(Into::into).collect();
    texts.into_iter().chain(words).collect()
}
