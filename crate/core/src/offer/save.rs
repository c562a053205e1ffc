//! What a submitted form is to the vault.

use crate::vault::item::{Field, Item};

/// What a person typed and sent.
pub struct Submitted<'a> {
    /// The user name; empty where there was none.
    pub user_name: &'a str,
    /// The password that counts from now on.
    pub password: &'a str,
    /// The one that it replaces, where the form asked for it.
    pub replaced: Option<&'a str>,
}

/// What is to be offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saving {
    /// To save a new login.
    New,
    /// To give the login at that place in the list its new password.
    Update(usize),
    /// Nothing: it is known.
    Known,
}

/// What a submitted form is to the logins of its site, in their order.
///
/// A password that replaces another one is that of the login that holds the
/// other, or of the same user name; without a user name, of the only login. A
/// user name that no login has makes a new one. What a login says that is `barred`
/// from the page is known all the same.
#[must_use]
pub fn saving(submitted: &Submitted<'_>, logins: &[&Item], barred: &[&Item]) -> Saving {
    let password = |login: &Item| -> bool { login.value(Field::Password) == submitted.password };
    let named = |login: &Item| is_named(login, submitted.user_name);
    if logins
        .iter()
        .chain(barred)
        .any(|login| password(login) && (submitted.user_name.is_empty() || named(login)))
    {
        return Saving::Known;
    }
    let replaced = |login: &Item| {
        submitted
            .replaced
            .is_some_and(|replaced| login.value(Field::Password) == replaced)
    };
    let of = |is: &dyn Fn(&Item) -> bool| logins.iter().position(|login| is(login));
    let place = if submitted.user_name.is_empty() {
        of(&replaced).or((logins.len() == 1).then_some(0))
    } else {
        of(&named)
    };
    place.map_or(Saving::New, Saving::Update)
}

fn is_named(login: &Item, user_name: &str) -> bool {
    let names = [Field::Username, Field::Email].map(|field| login.value(field));
    names
        .iter()
        .any(|name| name.trim().eq_ignore_ascii_case(user_name.trim()))
}
