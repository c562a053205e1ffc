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
}

/// What is to mend of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum HealthFinding {
    /// Another account has the same password.
    Reused,
    /// The password is what it is for three years and more.
    Old,
    /// It is sent to a site in clear.
    InClear,
    /// The site is known to offer a second step, and none is kept here.
    TwoFactor,
}

/// A password, for whoever judges how hard it is to guess.
#[derive(Serialize, Tsify, Zeroize, ZeroizeOnDrop)]
pub struct Guessable {
    /// It.
    pub password: String,
    /// Words that make a password that holds them weaker.
    pub known: Vec<String>,
}

/// A login whose password is among those that leaked.
#[derive(Debug, PartialEq, Eq, Serialize, Tsify)]
pub struct Breached {
    /// The item.
    pub id: String,
    /// How often it was seen.
    pub times: u32,
}
