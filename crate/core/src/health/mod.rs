//! What is to mend among a person's logins.
//!
//! Start at [`Examination`]: it takes the logins one by one, keeps of a password
//! no more than its fingerprint, and says what was found. Whether a password is
//! weak is no rule of the core's (docs/adr/0052); whether it leaked another
//! program knows, which is asked by a part of the fingerprint.
//!
//! | file | what lives there |
//! |---|---|
//! | [`breach`] | the fingerprint, and the answers about leaked passwords |
//! | [`age`] | since when a password is what it is |
//! | [`two_factor`] | sites that are known to offer a second step |
//! | [`aside`] | findings that the person put aside |

use alloc::string::String;
use alloc::vec::Vec;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::id::ItemId;
use crate::order::sorted;
use crate::site::{Address, Suffixes};
use crate::vault::index::Index;
use crate::vault::item::{Field, Item, Kind, OtpPlace, Shelf};
use crate::wire::Seconds;

pub mod age;
pub mod aside;
pub mod breach;
#[cfg(test)]
mod tests;
pub mod two_factor;

pub use aside::Asides;
pub use breach::{Fingerprint, Range};

/// What is to mend of a login. The first and the third no [`Examination`] finds:
/// who asked and who judged say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The password is among those that leaked.
    Leaked,
    /// Another account has the same password.
    Reused,
    /// It is guessed quickly.
    Weak,
    /// It is sent to a site in clear.
    InClear,
    /// The site is known to offer a second step, and none is kept here.
    TwoFactor,
    /// The password is what it is since [`age::OLD`] ago, or longer.
    Old,
}

impl Finding {
    /// All of them, the gravest first.
    pub const ALL: [Self; 6] = [
        Self::Leaked,
        Self::Reused,
        Self::Weak,
        Self::InClear,
        Self::TwoFactor,
        Self::Old,
    ];

    /// Its name, as pages write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Leaked => "leaked",
            Self::Reused => "reused",
            Self::Weak => "weak",
            Self::InClear => "in_clear",
            Self::TwoFactor => "two_factor",
            Self::Old => "old",
        }
    }

    /// The finding of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.name() == name)
    }
}

/// What was found of a login.
#[derive(Debug, PartialEq, Eq)]
pub struct Login {
    /// The item.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// What tells it apart.
    pub detail: String,
    /// Where its site is over TLS, `https://example.com`; empty where that is not known.
    pub site: String,
    /// Since when the password is what it is.
    pub since: Seconds,
    /// Which password: logins of one number have the same.
    pub password: usize,
    /// How many accounts have that password, this one among them.
    pub accounts: usize,
    /// What leaked passwords are asked for by; see [`Fingerprint::prefix`].
    pub prefix: String,
    /// What is to mend.
    pub findings: Vec<Finding>,
    /// What the person put aside of it, whether it was found here or not.
    pub aside: Vec<Finding>,
}

/// Looks at logins one by one.
pub struct Examination<'a> {
    suffixes: &'a Suffixes,
    now: Seconds,
    asides: Asides<'a>,
    logins: Vec<Login>,
    /// Of each of them.
    keys: Vec<Key>,
}

/// What a login has in common with others.
#[derive(PartialEq, Eq, PartialOrd, Ord, Zeroize, ZeroizeOnDrop)]
struct Key {
    fingerprint: Fingerprint,
    account: String,
}

/// The logins in sight, by name. What lies in the archive or the trash is done with.
#[must_use]
pub fn logins(index: &Index) -> Vec<ItemId> {
    let logins = index
        .entries()
        .filter(|entry| entry.kind() == Kind::Login && entry.shelf() == Shelf::Active);
    logins.map(|entry| entry.id()).collect()
}

impl<'a> Examination<'a> {
    /// Begins one at `now`.
    #[must_use]
    pub const fn new(suffixes: &'a Suffixes, now: Seconds, asides: Asides<'a>) -> Self {
        Self {
            suffixes,
            now,
            asides,
            logins: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Looks at an item; one without a password has nothing to mend.
    pub fn look(&mut self, id: ItemId, item: &Item) {
        let password = item.value(Field::Password);
        if password.is_empty() {
            return;
        }
        let addresses: Vec<Address> = item.places().filter_map(Address::parse).collect();
        let site = addresses.iter().find_map(Address::over_tls);
        let fingerprint = Fingerprint::of(password);
        self.logins.push(Login {
            id,
            name: item.name.clone(),
            detail: item.detail(),
            site: site.unwrap_or_default(),
            since: age::since(item),
            password: 0,
            accounts: 1,
            prefix: fingerprint.prefix(),
            findings: self.findings(item, &addresses),
            aside: self.asides.of(id, item),
        });
        let account = self.account(id, item, addresses.first());
        self.keys.push(Key {
            fingerprint,
            account,
        });
    }

    /// What is told by the item alone.
    fn findings(&self, item: &Item, addresses: &[Address]) -> Vec<Finding> {
        let is_old = age::is_old(age::since(item), self.now);
        let is_in_clear = addresses.iter().any(Address::is_in_clear);
        let has_second = item.otp(OtpPlace::First).is_some() || !item.passkeys.is_empty();
        let offers_second = |address| two_factor::is_offered(address, self.suffixes);
        let lacks_second = !has_second && addresses.iter().any(offers_second);
        let all = [
            (Finding::Old, is_old),
            (Finding::InClear, is_in_clear),
            (Finding::TwoFactor, lacks_second),
        ];
        let found = all.into_iter().filter(|(_, is)| *is);
        found.map(|(finding, _)| finding).collect()
    }

    /// What was found, in the order in which the items came.
    #[must_use]
    pub fn finish(mut self) -> Vec<Login> {
        let key = |at: &usize| self.keys.get(*at);
        let fingerprint = |at: &usize| key(at).map(|key| &key.fingerprint);
        let places = sorted(0..self.keys.len(), |one, other| key(one).cmp(&key(other)));
        let same = places.chunk_by(|one, other| fingerprint(one) == fingerprint(other));
        for (password, same) in same.enumerate() {
            let accounts = same.chunk_by(|one, other| key(one) == key(other)).count();
            for place in same {
                if let Some(login) = self.logins.get_mut(*place) {
                    login.password = password;
                    login.accounts = accounts;
                    if accounts > 1 {
                        login.findings.push(Finding::Reused);
                    }
                }
            }
        }
        self.logins
    }

    /// Two items of one user name at one site are one account, kept twice.
    fn account(&self, id: ItemId, item: &Item, address: Option<&Address>) -> String {
        match address.and_then(|address| address.names(self.suffixes).min()) {
            Some(site) => {
                let user = item.value(Field::Username).to_ascii_lowercase();
                [&user, "\n", &site].concat()
            }
            None => alloc::format!("{id}"),
        }
    }
}
