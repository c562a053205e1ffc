//! Passkeys of sites: which there are, one to sign by, a new one.
//!
//! Who may ask for them is not known here: `sigill_core::passkeys` says it to the
//! background, which asks. No page is answered.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sigill_core::id::ItemId;
use sigill_core::order::sorted;
use sigill_core::passkeys::home::{home_of, is_home};
use sigill_core::vault::index::Entry;
use sigill_core::vault::item::Passkey;
use sigill_core::vault::search::{Query, Scope};
use zeroize::Zeroizing;

use super::Session;
use super::items::parse;
use super::open::Open;
use super::vault::Vault;
use crate::api::{SitePasskey, SitePasskeys};
use crate::json::base64url;
use crate::rim::Rim;
use crate::trouble::Trouble;

impl<R: Rim> Session<R> {
    /// The passkeys of a relying party that are in sight, and where a new one for
    /// `user` would be kept.
    ///
    /// # Errors
    /// `locked`, `no_vault`, `damaged`.
    pub async fn site_passkeys(&self, rp: &str, user: &str) -> Result<SitePasskeys, Trouble> {
        let (vault, open) = self.opened().await?;
        let mut passkeys = Vec::new();
        for id in self.mentioned(&["has:passkey ", rp].concat())? {
            let item = vault.item(id, &open.keys)?;
            let own = item.passkeys.iter().filter(|passkey| passkey.rp == rp);
            passkeys.extend(own.map(|passkey| SitePasskey {
                item: id.to_string(),
                name: item.name.clone(),
                credential: URL_SAFE_NO_PAD.encode(&passkey.credential),
                user_name: passkey.user_name.clone(),
                display_name: passkey.display_name.clone(),
                created_at: passkey.created_at,
            }));
        }
        let passkeys = sorted(passkeys, |one, other| other.created_at.cmp(&one.created_at));
        let home = self.home(&vault, &open, (rp, user))?;
        let home = match home {
            Some(id) => Some(vault.item(id, &open.keys)?.name.clone()),
            None => None,
        };
        Ok(SitePasskeys {
            opened_at: open.opened_at,
            passkeys,
            home,
        })
    }

    /// A passkey of an item (`Passkey::to_bytes`), for the program that signs.
    ///
    /// # Errors
    /// `malformed_input`, `not_found`, `locked`, `no_vault`, `damaged`.
    pub async fn site_passkey(
        &self,
        item: &str,
        credential: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Trouble> {
        let (vault, open) = self.opened().await?;
        let item = vault.item(parse(item)?, &open.keys)?;
        let credential = base64url(credential)?;
        let passkey = item.passkeys.find(&credential).ok_or(Trouble::NotFound)?;
        Ok(passkey.to_bytes())
    }

    /// Keeps a passkey that was just made: in the login that it belongs to, else in an
    /// item of its own, called as the site calls itself. The item.
    ///
    /// # Errors
    /// As [`Session::save`].
    pub async fn keep_site_passkey(&self, passkey: &[u8], site: &str) -> Result<String, Trouble> {
        let passkey = Passkey::from_bytes(passkey).map_err(|_| Trouble::MalformedInput)?;
        let new = ItemId(self.random()?);
        self.change(|session, desk| {
            let to = (passkey.rp.as_str(), passkey.user_name.as_str());
            let (id, item) = match session.home(&desk.vault, desk.open, to)? {
                Some(id) => {
                    let before = desk.item(id)?;
                    let now = desk.author.now;
                    let put = |item: &mut sigill_core::vault::item::Item| {
                        item.passkeys.put(passkey);
                    };
                    (id, before.changed(now, put))
                }
                None => (new, home_of(passkey, site)),
            };
            session.seal(desk, id, &item)?;
            Ok(id.to_string())
        })
        .await
    }

    /// The login that a passkey of a relying party for a user belongs to.
    fn home(
        &self,
        vault: &Vault,
        open: &Open,
        (rp, user): (&str, &str),
    ) -> Result<Option<ItemId>, Trouble> {
        // The index proposes, the item decides.
        for id in self.mentioned(&["kind:login url:", rp].concat())? {
            if is_home(&vault.item(id, &open.keys)?, rp, user) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Items in sight that a search finds; the entries are those of the open vault.
    fn mentioned(&self, text: &str) -> Result<Vec<ItemId>, Trouble> {
        let query = Query::parse(text, &Scope::All);
        self.look(|entries| {
            let found = entries.index.find(&query);
            let found = found.iter().filter_map(|at| entries.index.at(*at));
            Ok(found.map(Entry::id).collect())
        })
    }
}
