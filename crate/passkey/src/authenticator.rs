//! The data that authenticators sign, and the signature (`WebAuthn` Level 3, section 6).

use passkey_crypto::rust_crypto::{RustCryptoBackend, RustCryptoSecretKey};
use passkey_crypto::{CryptoBackend, Pkcs8, PublicKeyT, SecretKeyT, iana};
use passkey_types::ctap2::{Aaguid, AttestedCredentialData, AuthenticatorData, Flags};
use sha2::{Digest, Sha256};
use sigill_core::passkeys::{RelyingParty, Verified};
use sigill_core::wire::Seconds;
use zeroize::Zeroizing;

/// By this a site knows whose passkey it is (AAGUID, section 6.5.1); drawn once, for Sigill.
const AAGUID: [u8; 16] = [
    0x5a, 0x1d, 0x6c, 0x0e, 0x9b, 0x3f, 0x4e, 0x52, 0xa7, 0x61, 0x2d, 0x94, 0xc8, 0x0b, 0x17, 0xf3,
];

/// A new key pair.
pub struct NewKey {
    /// The private key, PKCS #8.
    pub private: Zeroizing<Vec<u8>>,
    /// The public key, `SubjectPublicKeyInfo`.
    pub public: Vec<u8>,
    /// Authenticator data that attests the public key.
    pub data: AuthenticatorData,
}

/// A private key signs nothing: it is of an algorithm that is not known, or no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the private key can't be used")]
pub struct BadKey;

/// A new ES256 key for a credential, and what attests it:
///
/// ```text
/// data = SHA-256(RP ID) ‖ flags(UP UV? BE BS AT) ‖ 0 ‖ AAGUID ‖ credential ‖ COSE key
/// ```
///
/// # Errors
/// [`BadKey`].
pub fn new_key(
    party: &RelyingParty,
    credential: &[u8],
    verified: Verified,
) -> Result<NewKey, BadKey> {
    let key = RustCryptoBackend.generate_key(iana::Algorithm::ES256);
    let key = key.map_err(|_| BadKey)?;
    let cose = key.public_key().to_cose_key();
    let public = <RustCryptoSecretKey as SecretKeyT>::PublicKey::der_from_cose_key(&cose);
    let attested = AttestedCredentialData::new(Aaguid(AAGUID), credential.to_vec(), cose);
    let data = data(party, verified, 0);
    Ok(NewKey {
        private: Zeroizing::new(key.to_pkcs8().map_err(|_| BadKey)?),
        public: public.map_err(|_| BadKey)?,
        data: data.set_attested_credential_data(attested.map_err(|_| BadKey)?),
    })
}

/// Authenticator data of a sign-in:
///
/// ```text
/// data = SHA-256(RP ID) ‖ flags(UP UV? BE BS) ‖ counter
/// ```
///
/// A passkey that is on several devices counts nothing: 0. One that another program
/// began to count has to go up with every use, wherever that is: by the clock, which
/// needs no writing.
#[must_use]
pub fn used(party: &RelyingParty, verified: Verified, counter: u64, now: Seconds) -> Vec<u8> {
    let counter = if counter == 0 { 0 } else { counter.max(now) };
    data(party, verified, u32::try_from(counter).unwrap_or(u32::MAX)).to_vec()
}

/// A passkey of Sigill can be on other devices, and is: BE and BS are set by default.
fn data(party: &RelyingParty, verified: Verified, counter: u32) -> AuthenticatorData {
    let flags = match verified {
        Verified::Yes => Flags::UP | Flags::UV,
        Verified::No => Flags::UP,
    };
    AuthenticatorData::new(party.id(), Some(counter), &RustCryptoBackend).set_flags(flags)
}

/// Signs by a private key (PKCS #8):
///
/// ```text
/// signature = sign(key, data ‖ SHA-256(client data))      ES256: ASN.1 DER
/// ```
///
/// # Errors
/// [`BadKey`].
pub fn sign(private: &[u8], data: &[u8], client_data: &str) -> Result<Vec<u8>, BadKey> {
    let mut key = RustCryptoSecretKey::from_pkcs8(private).map_err(|_| BadKey)?;
    let hash = Sha256::digest(client_data.as_bytes());
    Ok(key.sign(&[data, &hash].concat()))
}
