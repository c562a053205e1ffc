//! The DPoP proof (RFC 9449): this request, by this device's key, now.
//!
//! ```text
//! proof = base64url(header) . base64url(claims) . base64url(ES256(header . claims))
//! ```

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sigill_core::id::{DeviceId, Hash};

use crate::json::text;
use crate::rim::{Method, Rim};
use crate::trouble::Trouble;

/// What a proof is for.
pub(crate) struct Claim<'a> {
    pub(crate) method: Method,
    /// Without query.
    pub(crate) url: &'a str,
    pub(crate) body: &'a [u8],
    pub(crate) nonce: Option<&'a str>,
    pub(crate) access: Option<&'a str>,
}

/// The device's public key (RFC 7517); the members' order is that of RFC 7638.
#[derive(Serialize)]
struct Jwk {
    crv: &'static str,
    kty: &'static str,
    x: String,
    y: String,
}

#[derive(Serialize)]
struct Header {
    typ: &'static str,
    alg: &'static str,
    jwk: Jwk,
}

#[derive(Serialize)]
struct Claims<'a> {
    jti: String,
    htm: &'static str,
    htu: &'a str,
    iat: u64,
    bh: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
}

impl Jwk {
    fn of(public: &[u8; 64]) -> Self {
        let (x, y) = public.split_at(32);
        Self {
            crv: "P-256",
            kty: "EC",
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
        }
    }
}

/// The device that this key makes this one.
pub(crate) async fn device<R: Rim>(rim: &R) -> Result<DeviceId, Trouble> {
    let jwk = text(&Jwk::of(&rim.public_key().await?));
    let Hash(thumbprint) = Hash::of(jwk.as_bytes());
    Ok(DeviceId::of_thumbprint(&thumbprint))
}

/// A proof for one request.
pub(crate) async fn prove<R: Rim>(rim: &R, claim: &Claim<'_>) -> Result<String, Trouble> {
    let header = Header {
        typ: "dpop+jwt",
        alg: "ES256",
        jwk: Jwk::of(&rim.public_key().await?),
    };
    let mut jti = [0; 16];
    rim.fill(&mut jti)?;
    let claims = Claims {
        jti: URL_SAFE_NO_PAD.encode(jti),
        htm: claim.method.name(),
        htu: claim.url,
        iat: rim.now(),
        bh: hash(claim.body),
        nonce: claim.nonce,
        ath: claim.access.map(|token| hash(token.as_bytes())),
    };
    let signed = [part(&header), part(&claims)].join(".");
    let signature = rim.sign(signed.as_bytes()).await?;
    Ok([signed, URL_SAFE_NO_PAD.encode(signature)].join("."))
}

fn hash(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Hash::of(bytes).as_bytes())
}

fn part(value: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(text(value))
}
