//! The one place that tells the time. Everything else is handed a [`Clock`] or
//! a time, so that tests can hold the clock in their hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use sigill_core::wire::Seconds;

/// Tells the time.
#[derive(Debug, Clone, Default)]
pub struct Clock(Source);

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    System,
    Held(Arc<AtomicU64>),
    /// A file that holds an offset in seconds to the system's clock.
    #[cfg(feature = "test-clock")]
    Shifted(std::path::PathBuf),
}

impl Clock {
    /// The computer's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that only moves when `time` is changed.
    #[must_use]
    pub const fn held(time: Arc<AtomicU64>) -> Self {
        Self(Source::Held(time))
    }

    /// The computer's clock, shifted by what the file named in
    /// `SIGILL_TEST_CLOCK` holds whenever the time is asked for.
    #[cfg(feature = "test-clock")]
    #[must_use]
    pub fn from_environment() -> Self {
        std::env::var_os("SIGILL_TEST_CLOCK")
            .map_or(Self::system(), |path| Self(Source::Shifted(path.into())))
    }

    /// The computer's clock: only the feature `test-clock` knows another.
    #[cfg(not(feature = "test-clock"))]
    #[must_use]
    pub const fn from_environment() -> Self {
        Self::system()
    }

    /// Whole seconds since 1970.
    #[must_use]
    pub fn now(&self) -> Seconds {
        match &self.0 {
            Source::System => system_now(),
            Source::Held(time) => time.load(Ordering::SeqCst),
            #[cfg(feature = "test-clock")]
            Source::Shifted(path) => std::fs::read_to_string(path)
                .ok()
                .and_then(|text| text.trim().parse::<i64>().ok())
                .map_or_else(system_now, |offset| {
                    system_now().saturating_add_signed(offset)
                }),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that may")]
fn system_now() -> Seconds {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}
