//! Freshness by the service's own clock: a nonce is a sealed time, so a device
//! whose clock is wrong is as welcome as any, and a restart forgets nothing.
//!
//! ```text
//! nonce = base64url(time ‖ HMAC-SHA-256(nonce key, encode("sigill/nonce/1", time)))
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

use sigill_core::encode::Encoder;
use sigill_core::wire::Seconds;

use super::mac;
use crate::secrets::Key;

/// Seconds that a nonce lives.
pub(crate) const LIFETIME: Seconds = 300;

fn seal(key: &Key, time: Seconds) -> [u8; 32] {
    mac(key, &Encoder::new("sigill/nonce/1").integer(time).finish())
}

/// A nonce that is good from `now` for five minutes.
pub(crate) fn make(key: &Key, now: Seconds) -> String {
    let mut bytes = [0; 40];
    let (time, tag) = bytes.split_at_mut(8);
    time.copy_from_slice(&now.to_be_bytes());
    tag.copy_from_slice(&seal(key, now));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// When `nonce` ends, where it is ours and fresh. One from the future (the
/// service's clock was set back) is not fresh.
pub(crate) fn until(key: &Key, nonce: &str, now: Seconds) -> Option<Seconds> {
    let bytes = URL_SAFE_NO_PAD.decode(nonce).ok()?;
    let (time, tag) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    if !bool::from(seal(key, time).as_slice().ct_eq(tag)) {
        return None;
    }
    let until = time.saturating_add(LIFETIME);
    (time <= now && now < until).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_lives_five_minutes_and_not_before() {
        let key = Key::new([1; 32]);
        let nonce = make(&key, 1_000);
        assert_eq!(until(&key, &nonce, 1_000), Some(1_300));
        assert_eq!(until(&key, &nonce, 1_299), Some(1_300));
        assert_eq!(until(&key, &nonce, 1_300), None);
        assert_eq!(until(&key, &nonce, 999), None);
    }

    #[test]
    fn a_nonce_of_another_making_is_none() {
        let nonce = make(&Key::new([1; 32]), 1_000);
        assert_eq!(until(&Key::new([2; 32]), &nonce, 1_000), None);
        for end in 0..nonce.len() {
            assert_eq!(until(&Key::new([1; 32]), &nonce[..end], 1_000), None);
        }
    }
}
