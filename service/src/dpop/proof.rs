//! The signed claim that goes with every request (RFC 9449 §4): a compact JWS
//! (RFC 7515) by ES256 (RFC 7518 §3.4) under the key that its header carries.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use sigill_core::encode::Encoder;
use sigill_core::id::{DeviceId, Hash};
use sigill_core::wire::Seconds;

use super::nonce;
use crate::secrets::Key;

/// The longest proof that is read at all.
const MOST: usize = 4_096;

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ProofError {
    /// It is not a DPoP proof by ES256.
    #[error("not a DPoP proof by ES256")]
    Malformed,
    /// The signature is not by the key in its header.
    #[error("the signature is not by the key in the header")]
    Signature,
    /// It was made for another request.
    #[error("the claim {0} is of another request")]
    OtherRequest(&'static str),
    /// It names no nonce of ours that is fresh.
    #[error("no fresh nonce")]
    Stale,
}

/// The request that a proof has to be about.
pub(crate) struct About<'a> {
    pub(crate) method: &'a str,
    /// Without query.
    pub(crate) url: String,
    pub(crate) body: &'a [u8],
    pub(crate) access_token: Option<&'a str>,
}

/// What a good proof says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Proved {
    /// The device whose key signed.
    pub(crate) device: DeviceId,
    /// Names the proof, so that it serves once.
    pub(crate) id: [u8; 32],
    /// Until when it has to be remembered.
    pub(crate) until: Seconds,
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: Jwk,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    kty: String,
    crv: String,
    x: String,
    y: String,
    // WebCrypto exports these two with a key.
    #[serde(default, rename = "key_ops")]
    _key_ops: serde::de::IgnoredAny,
    #[serde(default, rename = "ext")]
    _ext: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
struct Claims {
    htm: String,
    htu: String,
    jti: String,
    nonce: Option<String>,
    bh: String,
    ath: Option<String>,
}

/// Checks `proof` against the request that it came with.
pub(crate) fn verify(
    proof: &str,
    about: &About<'_>,
    nonce_key: &Key,
    now: Seconds,
) -> Result<Proved, ProofError> {
    if proof.len() > MOST {
        return Err(ProofError::Malformed);
    }
    let (signed, signature) = proof.rsplit_once('.').ok_or(ProofError::Malformed)?;
    let (header, claims) = signed.split_once('.').ok_or(ProofError::Malformed)?;
    let header: Header = part(header)?;
    if header.typ != "dpop+jwt" || header.alg != "ES256" {
        return Err(ProofError::Malformed);
    }
    let (key, thumbprint) = key(&header.jwk)?;
    let signature = decode(signature)?;
    let signature = Signature::from_slice(&signature).map_err(|_| ProofError::Signature)?;
    key.verify(signed.as_bytes(), &signature)
        .map_err(|_| ProofError::Signature)?;
    let claims: Claims = part(claims)?;
    claims.are_about(about)?;
    let nonce = claims.nonce.as_deref().ok_or(ProofError::Stale)?;
    let until = nonce::until(nonce_key, nonce, now).ok_or(ProofError::Stale)?;
    Ok(Proved {
        device: DeviceId::of_thumbprint(&thumbprint),
        id: proof_id(&thumbprint, &claims.jti)?,
        until,
    })
}

impl Claims {
    fn are_about(&self, about: &About<'_>) -> Result<(), ProofError> {
        let url = self.htu.split(['?', '#']).next();
        let hash = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
        let token = about.access_token.map(|token| hash(token.as_bytes()));
        let checks = [
            ("htm", self.htm == about.method),
            ("htu", url == Some(about.url.as_str())),
            ("bh", self.bh == hash(about.body)),
            ("ath", token.is_none() || self.ath == token),
        ];
        match checks.iter().find(|(_, holds)| !holds) {
            Some((claim, _)) => Err(ProofError::OtherRequest(claim)),
            None => Ok(()),
        }
    }
}

fn decode(text: &str) -> Result<Vec<u8>, ProofError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| ProofError::Malformed)
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, ProofError> {
    serde_json::from_slice(&decode(text)?).map_err(|_| ProofError::Malformed)
}

/// The key, and its thumbprint (RFC 7638): SHA-256 of its members in order.
fn key(jwk: &Jwk) -> Result<(VerifyingKey, [u8; 32]), ProofError> {
    if jwk.kty != "EC" || jwk.crv != "P-256" {
        return Err(ProofError::Malformed);
    }
    let coordinate = |text: &str| -> Result<[u8; 32], ProofError> {
        decode(text)?.try_into().map_err(|_| ProofError::Malformed)
    };
    let (x, y) = (coordinate(&jwk.x)?, coordinate(&jwk.y)?);
    let uncompressed = [&[4], x.as_slice(), y.as_slice()].concat();
    let key = VerifyingKey::from_sec1_bytes(&uncompressed).map_err(|_| ProofError::Malformed)?;
    let canonical = format!(
        r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
        URL_SAFE_NO_PAD.encode(x),
        URL_SAFE_NO_PAD.encode(y)
    );
    Ok((key, Sha256::digest(canonical).into()))
}

fn proof_id(thumbprint: &[u8; 32], jti: &str) -> Result<[u8; 32], ProofError> {
    if jti.is_empty() || jti.len() > 128 {
        return Err(ProofError::Malformed);
    }
    let encoder = Encoder::new("sigill/proof/1").bytes(thumbprint).text(jti);
    let Hash(id) = Hash::of(&encoder.finish());
    Ok(id)
}
