//! Account passwords: refused where they are common, stored as Argon2id
//! (19 MiB, t = 2, p = 1; OWASP's and RFC 9106's floor for a server) in PHC strings.

use std::collections::HashSet;
use std::sync::{Arc, LazyLock};
use std::thread;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use sigill_core::account::AccountPassword;
use sigill_core::confirmation::code::Verdict;

use crate::random;

/// Common passwords of at least ten characters, one a line, in lower case.
const COMMON: &str = include_str!("../data/common-passwords.txt");

static COMMON_SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| COMMON.lines().collect());

/// What is verified where there is no account, so that it takes as long.
/// The hash of a random password that nobody kept.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2lnaWxsLW5vYm9keS4$Kpk3cbEYrUC3Yd2lSfPQBUZY54s1pm3lAxhtcJ0OWHM";

/// Bytes of the longest account password. Whatever is longer is none, and
/// comparing it would only cost.
const MOST: usize = 256 * 4;

/// Why a password could not be hashed or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PasswordError {
    /// As many are being hashed as half the cores can.
    #[error("as many passwords and codes are being hashed as can be")]
    Busy,
    /// The hash refused its input.
    #[error("the hash refused its input")]
    Hash,
}

/// Whether a password is on the list, whatever its case.
pub(crate) fn is_common(password: &AccountPassword) -> bool {
    let lower = Zeroizing::new(password.expose().to_lowercase());
    COMMON_SET.contains(lower.as_str())
}

/// Runs what takes memory and time: at most half as many at once as there are cores.
#[derive(Debug, Clone)]
pub(crate) struct Hashing(Arc<Semaphore>);

impl Hashing {
    pub(crate) fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, |cores| cores.get() / 2);
        Self(Arc::new(Semaphore::new(cores.max(1))))
    }

    /// Waits up to `PATIENCE` for its turn, then runs `work` on a thread of its own.
    ///
    /// # Errors
    /// [`PasswordError::Busy`].
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = Arc::clone(&self.0).acquire_owned();
        let turn = tokio::time::timeout(PATIENCE, turn).await;
        let Ok(Ok(turn)) = turn else {
            return Err(PasswordError::Busy);
        };
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        })
        .await
        .map_err(|_| PasswordError::Busy)
    }

    /// The PHC string of a password.
    pub(crate) async fn hash(&self, password: AccountPassword) -> Result<String, PasswordError> {
        let salt: [u8; 16] = random::bytes().map_err(|_| PasswordError::Busy)?;
        self.run(move || {
            argon2()
                .hash_password_with_salt(password.expose().as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|_| PasswordError::Hash)
        })
        .await?
    }

    /// Compares with a PHC string; without one it takes as long and is wrong.
    /// What is longer than any account password is wrong at once.
    pub(crate) async fn compare(
        &self,
        typed: Zeroizing<String>,
        stored: Option<String>,
    ) -> Result<Verdict, PasswordError> {
        if typed.len() > MOST {
            return Ok(Verdict::Wrong);
        }
        self.run(move || {
            let hash = stored.as_deref().unwrap_or(NOBODY);
            let same = argon2().verify_password(typed.as_bytes(), hash);
            match (same, stored.is_some()) {
                (Ok(()), true) => Verdict::Right,
                (Ok(()), false) | (Err(_), _) => Verdict::Wrong,
            }
        })
        .await
    }
}

/// How long a request waits for its turn.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

/// The library's own, as long as they are what [`NOBODY`] was hashed with.
const PARAMS: Params = Params::DEFAULT;
const _: () = assert!(PARAMS.m_cost() == 19 * 1024 && PARAMS.t_cost() == 2 && PARAMS.p_cost() == 1);

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, PARAMS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sigill_core::wire::SecretText;

    fn password(text: &str) -> AccountPassword {
        AccountPassword::parse(SecretText::new(text.into())).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_right_against_its_own_hash_only() {
        let hashing = Hashing::new();
        let stored = hashing.hash(password("correct horse")).await.unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let compare = |typed: &str, stored: Option<&String>| {
            hashing.compare(Zeroizing::new(typed.into()), stored.cloned())
        };
        assert_eq!(
            compare("correct horse", Some(&stored)).await,
            Ok(Verdict::Right)
        );
        assert_eq!(
            compare("wrong horses", Some(&stored)).await,
            Ok(Verdict::Wrong)
        );
        assert_eq!(compare("correct horse", None).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn what_is_longer_than_any_password_is_wrong_unhashed() {
        let hashing = Hashing::new();
        let longest = "å".repeat(MOST / 2);
        let stored = |typed: &str| {
            let hash = argon2().hash_password_with_salt(typed.as_bytes(), &[1; 16]);
            hash.unwrap().to_string()
        };
        for (typed, verdict) in [
            (longest.clone(), Verdict::Right),
            (longest + "a", Verdict::Wrong),
        ] {
            let stored = stored(&typed);
            let compared = hashing.compare(Zeroizing::new(typed), Some(stored));
            assert_eq!(compared.await, Ok(verdict));
        }
    }

    #[test]
    fn the_list_is_of_ten_characters_and_more_in_lower_case_and_long_enough() {
        assert!(COMMON_SET.len() >= 1_000, "{}", COMMON_SET.len());
        for line in COMMON.lines() {
            assert!(line.chars().count() >= 10, "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }

    #[test]
    fn common_passwords_are_known_in_any_case() {
        for text in ["1234567890", "Password123", "QWERTYUIOP", "iloveyou123"] {
            assert!(is_common(&password(text)), "{text}");
        }
        assert!(!is_common(&password("correct horse battery")));
    }
}
