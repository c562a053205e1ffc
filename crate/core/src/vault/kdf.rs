//! How much guessing a master password costs, within a floor and a ceiling.
//!
//! | | default | refuse below | refuse above |
//! |---|---|---|---|
//! | Argon2id | 64 MiB, t = 3, p = 4 (RFC 9106, second recommendation) | 19 MiB, t = 2 | 1 GiB, t = 16, p = 16 |
//! | PBKDF2-HMAC-SHA-256 | 600,000 | 600,000 | 10,000,000 |

use crate::encode::{DecodeError, Decoder, Encoder};

#[cfg(test)]
mod tests;

/// How a root key is derived, within the bounds of [`KdfError`]: only
/// [`Kdf::argon2id`] and [`Kdf::pbkdf2`] make one, so a hostile service can
/// neither weaken a vault nor hang the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kdf {
    /// RFC 9106.
    #[non_exhaustive]
    Argon2id {
        /// KiB: 19 MiB … 1 GiB.
        memory_kib: u32,
        /// Passes: 2 … 16.
        iterations: u32,
        /// Lanes: 1 … 16.
        parallelism: u32,
    },
    /// RFC 8018 with HMAC-SHA-256.
    #[non_exhaustive]
    Pbkdf2 {
        /// Rounds: 600,000 … 10,000,000.
        iterations: u32,
    },
}

/// What a cost is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostParameter {
    /// Argon2id's memory, in KiB.
    Memory,
    /// Passes or rounds.
    Iterations,
    /// Argon2id's lanes.
    Parallelism,
}

/// Why a derivation is refused, before any work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// Too cheap to guess at.
    #[error("{parameter:?} is {found}, below {least}")]
    TooWeak {
        /// Which.
        parameter: CostParameter,
        /// What was asked for.
        found: u32,
        /// The floor.
        least: u32,
    },
    /// It would hang the browser.
    #[error("{parameter:?} is {found}, above {most}")]
    TooHeavy {
        /// Which.
        parameter: CostParameter,
        /// What was asked for.
        found: u32,
        /// The ceiling.
        most: u32,
    },
    /// An algorithm that suite 1 does not have.
    #[error("suite 1 has no derivation number {number}")]
    UnknownAlgorithm {
        /// Its number.
        number: u64,
    },
    /// It is not encoded as it must be.
    #[error(transparent)]
    Encoding(#[from] DecodeError),
}

impl Kdf {
    /// RFC 9106's second recommendation: 64 MiB, t = 3, p = 4.
    pub const DEFAULT: Self = Self::Argon2id {
        memory_kib: 64 * 1024,
        iterations: 3,
        parallelism: 4,
    };
    /// PBKDF2 for the person who wants it.
    pub const DEFAULT_PBKDF2: Self = Self::Pbkdf2 {
        iterations: 600_000,
    };

    /// Numbers in the canonical encoding.
    const ARGON2ID: u64 = 1;
    const PBKDF2: u64 = 2;

    /// Argon2id with a cost between floor and ceiling.
    ///
    /// # Errors
    /// [`KdfError`] names the parameter that is out of bounds.
    pub fn argon2id(memory_kib: u32, iterations: u32, parallelism: u32) -> Result<Self, KdfError> {
        within(CostParameter::Memory, memory_kib, 19 * 1024, 1024 * 1024)?;
        within(CostParameter::Iterations, iterations, 2, 16)?;
        within(CostParameter::Parallelism, parallelism, 1, 16)?;
        Ok(Self::Argon2id {
            memory_kib,
            iterations,
            parallelism,
        })
    }

    /// PBKDF2 with a cost between floor and ceiling.
    ///
    /// # Errors
    /// [`KdfError`] where it is out of bounds.
    pub fn pbkdf2(iterations: u32) -> Result<Self, KdfError> {
        within(CostParameter::Iterations, iterations, 600_000, 10_000_000)?;
        Ok(Self::Pbkdf2 { iterations })
    }

    /// Whether it costs a guesser at least what `pinned` does. Another
    /// algorithm never counts as that: it is not changed silently.
    #[must_use]
    pub fn is_at_least(self, pinned: Self) -> bool {
        match (self, pinned) {
            (
                Self::Argon2id {
                    memory_kib,
                    iterations,
                    parallelism,
                },
                Self::Argon2id {
                    memory_kib: least_memory,
                    iterations: least_iterations,
                    parallelism: least_parallelism,
                },
            ) => {
                memory_kib >= least_memory
                    && iterations >= least_iterations
                    && parallelism >= least_parallelism
            }
            (Self::Pbkdf2 { iterations }, Self::Pbkdf2 { iterations: least }) => {
                iterations >= least
            }
            (Self::Argon2id { .. }, Self::Pbkdf2 { .. })
            | (Self::Pbkdf2 { .. }, Self::Argon2id { .. }) => false,
        }
    }

    /// The same algorithm at no less than today's default. What a vault is opened
    /// with is raised to it at the next unlock; another algorithm is a person's choice.
    #[must_use]
    pub fn raised(self) -> Self {
        match (self, Self::DEFAULT, Self::DEFAULT_PBKDF2) {
            (
                Self::Argon2id {
                    memory_kib,
                    iterations,
                    parallelism,
                },
                Self::Argon2id {
                    memory_kib: memory,
                    iterations: passes,
                    parallelism: lanes,
                },
                _,
            ) => Self::Argon2id {
                memory_kib: memory_kib.max(memory),
                iterations: iterations.max(passes),
                parallelism: parallelism.max(lanes),
            },
            (Self::Pbkdf2 { iterations }, _, Self::Pbkdf2 { iterations: rounds }) => Self::Pbkdf2 {
                iterations: iterations.max(rounds),
            },
            (same, _, _) => same,
        }
    }

    /// Writes algorithm and parameters as two fields of the canonical encoding.
    #[must_use]
    pub fn encode(self, encoder: Encoder) -> Encoder {
        let write =
            |e: Encoder, cost: &[u32]| e.list(cost.iter(), |e, value| e.integer(u64::from(*value)));
        match self {
            Self::Argon2id {
                memory_kib,
                iterations,
                parallelism,
            } => write(
                encoder.integer(Self::ARGON2ID),
                &[memory_kib, iterations, parallelism],
            ),
            Self::Pbkdf2 { iterations } => write(encoder.integer(Self::PBKDF2), &[iterations]),
        }
    }

    /// Reads what [`Kdf::encode`] wrote.
    ///
    /// # Errors
    /// See [`KdfError`].
    pub fn decode(decoder: &mut Decoder<'_>) -> Result<Self, KdfError> {
        let number = decoder.integer()?;
        let cost = decoder.list(|d| {
            let value = d.integer()?;
            u32::try_from(value).map_err(|_| DecodeError::Malformed)
        })?;
        match (number, cost.as_slice()) {
            (Self::ARGON2ID, &[memory_kib, iterations, parallelism]) => {
                Self::argon2id(memory_kib, iterations, parallelism)
            }
            (Self::PBKDF2, &[iterations]) => Self::pbkdf2(iterations),
            (Self::ARGON2ID | Self::PBKDF2, _) => Err(DecodeError::Malformed.into()),
            (number, _) => Err(KdfError::UnknownAlgorithm { number }),
        }
    }
}

fn within(parameter: CostParameter, found: u32, least: u32, most: u32) -> Result<(), KdfError> {
    if found < least {
        return Err(KdfError::TooWeak {
            parameter,
            found,
            least,
        });
    }
    if found > most {
        return Err(KdfError::TooHeavy {
            parameter,
            found,
            most,
        });
    }
    Ok(())
}
