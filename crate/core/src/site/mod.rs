//! Where a login belongs: which of a person's logins a page may be offered.
//!
//! Start at [`fit`]. A login is offered where it was saved for, by the rule of
//! its URL; what differs in a way that could be an attack is said beside it
//! ([`Caution`]), and nothing crosses from one site to another unsaid.
//!
//! | file | what lives there |
//! |---|---|
//! | [`address`](mod@address) | a URL, as far as it matters here |
//! | [`suffixes`](mod@suffixes) | the public-suffix list, and the site of a host |
//! | [`rule`](mod@rule) | how a saved URL is held against a page's |
//! | [`fit`](mod@fit) | whether a saved URL is a page's, and how closely |
//! | `equivalent` | sites that share their accounts |
//! | [`lookalike`](mod@lookalike) | names that are made to be taken for another |
//! | [`host`](mod@host) | the host of a URL, for showing |

pub mod address;
mod equivalent;
pub mod fit;
pub mod host;
pub mod lookalike;
pub mod rule;
pub mod suffixes;
#[cfg(test)]
mod tests;

pub use address::{Address, Scheme};
pub use fit::{Caution, Closeness, Fit, Place, are_one_site, bars, caution_of_place, fit, is_own};
pub use host::host;
pub use lookalike::Looks;
pub use rule::Rule;
pub use suffixes::Suffixes;
