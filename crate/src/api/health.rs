//! What is to mend among the logins, as it crosses the border.

use serde::Serialize;
use tsify::Tsify;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// What was found of a login.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct HealthLogin {
    /// The item.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it apart.
    pub detail: String,
    /// Its site over TLS, `https://example.com`; empty where that is not known.
    pub site: String,
    /// Since when the password is what it is.
    pub since: u64,
    /// Which password: logins of one number have the same.
    pub password: usize,
    /// How many accounts have that password, this one among them.
    pub accounts: usize,
    /// What leaked passwords are asked for by: 5 hexadecimal digits.
    pub prefix: String,
    /// What is to mend.
    pub findings: Vec<HealthFinding>,
    /// What the person put aside of it, whether it was found here or not.
    pub aside: Vec<HealthFinding>,
}

/// What is to mend of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum HealthFinding {
    /// The password is among those that leaked; told by [`Breached`].
    Leaked,
    /// Another account has the same password.
    Reused,
    /// It is guessed quickly; told by whoever judged it.
    Weak,
    /// It is sent to a site in clear.
    InClear,
    /// The site is known to offer a second step, and none is kept here.
    TwoFactor,
    /// The password is what it is for three years and more.
    Old,
}

/// A password, for whoever judges how hard it is to guess.
#[derive(Serialize, Tsify, Zeroize, ZeroizeOnDrop)]
pub struct Guessable {
    /// It.
    pub password: String,
    /// By which it is known from another, as [`HealthLogin::prefix`].
    pub prefix: String,
    /// Words that make a password that holds them weaker.
    pub known: Vec<String>,
}

/// What an answer about leaked passwords says of a login's.
#[derive(Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Breached {
    /// The item.
    pub id: String,
    /// How often it was seen; 0 for never.
    pub times: u32,
}
