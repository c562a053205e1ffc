//! Who speaks, and what they say.
//!
//! The body is read first, up to its limit: the proof covers it. Then the
//! proof, then the session, then the JSON.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use sigill_core::id::DeviceId;
use sigill_core::wire::problem::Code;

use crate::account::{Caller, Stranger};
use crate::config::Config;
use crate::dpop::proof::{About, ProofError, verify};
use crate::dpop::token::{self, Use};
use crate::failure::Failure;
use crate::service::{Service, Shared};
use crate::store::accounts::Inserted;
use crate::store::sessions::{saw_device, session, use_proof};

/// The largest body: 8 MiB.
const MOST: usize = 8 << 20;

static DPOP: HeaderName = HeaderName::from_static("dpop");
static FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A body of JSON.
pub(crate) struct Json<T>(pub(crate) T);

/// No body.
pub(crate) struct Nothing;

/// What a body can be read as.
pub(crate) trait FromBody: Sized {
    fn from_body(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failure>;
}

impl FromBody for Nothing {
    fn from_body(_: &HeaderMap, body: &[u8]) -> Result<Self, Failure> {
        if body.is_empty() {
            Ok(Self)
        } else {
            Err(Code::MalformedRequest.into())
        }
    }
}

impl<T: DeserializeOwned> FromBody for Json<T> {
    fn from_body(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failure> {
        let declared = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let essence = declared.and_then(|value| value.split(';').next());
        if !essence.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err(Code::UnsupportedMediaType.into());
        }
        serde_json::from_slice(body)
            .map(Self)
            .map_err(|_| Code::MalformedRequest.into())
    }
}

/// A request of a device that proved its key.
pub(crate) struct Proven<T> {
    pub(crate) stranger: Stranger,
    pub(crate) body: T,
}

/// A request of a device that is signed in.
pub(crate) struct Signed<T> {
    pub(crate) caller: Caller,
    pub(crate) body: T,
    /// As it came.
    pub(crate) raw: Bytes,
}

/// A request whose proof is good.
struct Heard {
    parts: Parts,
    raw: Bytes,
    device: DeviceId,
    address: IpAddr,
}

impl<T: FromBody> FromRequest<Shared> for Proven<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, service: &Shared) -> Result<Self, Failure> {
        let heard = hear(request, service, None).await?;
        Ok(Self {
            stranger: Stranger {
                device: heard.device,
                network: service.network_share(heard.address),
            },
            body: T::from_body(&heard.parts.headers, &heard.raw)?,
        })
    }
}

impl<T: FromBody> FromRequest<Shared> for Signed<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, service: &Shared) -> Result<Self, Failure> {
        let access = access_token(request.headers())?.to_owned();
        let heard = hear(request, service, Some(&access)).await?;
        let caller = caller(service, &heard, &access).await?;
        Ok(Self {
            body: T::from_body(&heard.parts.headers, &heard.raw)?,
            caller,
            raw: heard.raw,
        })
    }
}

/// `Authorization: DPoP <token>`. A plain Bearer token is refused.
fn access_token(headers: &HeaderMap) -> Result<&str, Failure> {
    let given = headers.get(AUTHORIZATION);
    let given = given.ok_or_else(|| Failure::from(Code::SignedOut))?;
    let scheme = given.to_str().ok().and_then(|value| value.split_once(' '));
    match scheme {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("dpop") => Ok(token.trim()),
        Some(_) | None => Err(Code::DpopRejected.into()),
    }
}

async fn hear(
    request: Request,
    service: &Service,
    access_token: Option<&str>,
) -> Result<Heard, Failure> {
    let (parts, body) = request.into_parts();
    let address = address(&parts, &service.config);
    let raw = read(body).await?;
    let mut proofs = parts.headers.get_all(&DPOP).iter();
    let (Some(proof), None) = (proofs.next(), proofs.next()) else {
        return Err(Code::DpopRejected.into());
    };
    let proof = proof
        .to_str()
        .map_err(|_| Failure::from(Code::DpopRejected))?;
    let about = About {
        method: parts.method.as_str(),
        url: format!("{}{}", service.config.public_url, parts.uri.path()),
        body: &raw,
        access_token,
    };
    let proved = verify(proof, &about, &service.secrets.nonce, service.now());
    let proved = proved.map_err(|error| {
        tracing::debug!(%error, "a proof was refused");
        Failure::from(match error {
            ProofError::Stale => Code::UseDpopNonce,
            ProofError::Malformed | ProofError::Signature | ProofError::OtherRequest(_) => {
                Code::DpopRejected
            }
        })
    })?;
    match use_proof(&service.store, &proved.id, proved.until).await? {
        Inserted::Made => Ok(Heard {
            parts,
            raw,
            device: proved.device,
            address,
        }),
        Inserted::WasThere => Err(Code::DpopRejected.into()),
    }
}

async fn read(body: Body) -> Result<Bytes, Failure> {
    match Limited::new(body, MOST).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(Code::TooLarge.into())
        }
        Err(_) => Err(Code::MalformedRequest.into()),
    }
}

/// The session that the access token is of, if the proof's key is its device's.
async fn caller(service: &Service, heard: &Heard, access: &str) -> Result<Caller, Failure> {
    let signed_out = || Failure::from(Code::SignedOut);
    let presented = token::parse(access).ok_or_else(signed_out)?;
    let session = session(&service.store, presented.session).await?;
    let session = session.ok_or_else(signed_out)?;
    let now = service.now();
    let is_good = session.device == heard.device
        && presented.is_of(&service.secrets.token, &session, Use::Access)
        && now < presented.number;
    if !is_good {
        return Err(signed_out());
    }
    saw_device(&service.store, &session, now).await?;
    Ok(Caller {
        session,
        network: service.network_share(heard.address),
        address: heard.address,
    })
}

/// Where a request comes from. What proxies say counts as far as they are
/// trusted: the last address that is not a trusted proxy's own.
pub(super) fn address(parts: &Parts, config: &Config) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let mut address = peer.map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
    let forwarded: Vec<&str> = parts
        .headers
        .get_all(&FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in forwarded.iter().rev() {
        let is_trusted = config
            .trusted_proxies
            .iter()
            .any(|net| net.contains(&address.to_canonical()));
        let Some(hop) = hop.trim().parse::<IpAddr>().ok().filter(|_| is_trusted) else {
            break;
        };
        address = hop;
    }
    address
}

/// A name in a path. One that can't be a name is one that nobody has.
pub(crate) struct Name<T>(pub(crate) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Name<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let absent = || Failure::from(Code::NotFound);
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(text) = path.map_err(|_| absent())?;
        text.parse().map(Self).map_err(|_| absent())
    }
}
