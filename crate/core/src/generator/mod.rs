//! Passwords, passphrases, user names and addresses that nobody thought up.
//!
//! Everything is drawn uniformly from all that its options permit, and how many
//! those are is counted: an [`Entropy`] is of what is drawn, not of how it looks.
//!
//! | file | what lives there |
//! |---|---|
//! | `letters` | sets of characters |
//! | `recipe` | which passwords are permitted: [`Recipe`], [`Options`] |
//! | `plan` | how many those are, and one of them drawn: [`Plan`] |
//! | `rules` | a site's attribute `passwordrules`: [`SiteRules`] |
//! | `words` | a word list, held to its hash: [`Words`] |
//! | `passphrase`, `name` | what is made of words |
//! | `address` | an address of one's own for each site |
//! | `entropy` | bits, and what they are worth: [`Strength`] |
//! | [`history`] | what was made and used |
//! | `natural`, `draw` | counting, and drawing without a bias |

mod address;
mod draw;
mod entropy;
pub mod history;
mod letters;
mod name;
mod natural;
mod passphrase;
mod plan;
mod recipe;
mod rules;
mod words;

pub use address::{SubAddressError, sub_address};
pub use draw::{NoRandomness, Random};
pub use entropy::{Bound, Entropy, Strength};
pub use letters::Letters;
pub use name::{Joint, UserName};
pub use passphrase::{Capital, Number, Passphrase, Separator};
pub use plan::{DrawError, Plan};
pub use recipe::{Alike, Choice, Minimum, Options, Recipe, RecipeError, Set};
pub use rules::SiteRules;
pub use words::{Language, Words, WordsError};
