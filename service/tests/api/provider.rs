//! An OpenID provider of a test's own, honest until it is told to lie. Written
//! from OpenID Connect Core and RFC 7636, not from the service's code.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use crate::device::base64url;
use crate::rig::{BEGINNING, TestService};

pub(crate) const CLIENT: &str = "sigill";
pub(crate) const SECRET: &str = "the-client-secret";

/// Somebody who can sign in there.
#[derive(Clone, Copy)]
pub(crate) struct Person {
    pub(crate) subject: &'static str,
    pub(crate) email: &'static str,
    /// Seconds since they typed something there.
    pub(crate) ago: u64,
}

pub(crate) const ASA: Person = Person {
    subject: "subject-of-asa",
    email: "asa@example.com",
    ago: 0,
};

/// How a token is signed.
#[derive(Clone, Copy)]
pub(crate) enum Signing {
    Own,
    /// By a key that is not in the set.
    Stranger,
    /// Not at all.
    None,
    /// By the client's own secret, as HS256.
    ClientSecret,
}

pub(crate) type Lie = fn(&mut Value, &mut Value) -> Signing;

struct Grant {
    asked: HashMap<String, String>,
    person: Person,
}

struct Inner {
    issuer: String,
    key: SigningKey,
    codes: Mutex<HashMap<String, Grant>>,
    lie: Mutex<Lie>,
    now: Mutex<u64>,
    /// Where its metadata says that its keys are.
    keys: Mutex<String>,
    /// What its metadata tells besides.
    told: Mutex<Value>,
}

pub(crate) struct TestProvider {
    inner: Arc<Inner>,
    server: tokio::task::JoinHandle<()>,
}

fn honest(_: &mut Value, _: &mut Value) -> Signing {
    Signing::Own
}

fn random_key() -> SigningKey {
    loop {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).unwrap();
        if let Ok(key) = SigningKey::from_slice(&secret) {
            return key;
        }
    }
}

/// `a=b&c=d`, decoded.
pub(crate) fn query(url: &str) -> HashMap<String, String> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (key.to_owned(), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                let hex = std::str::from_utf8(&hex).unwrap();
                bytes.push(u8::from_str_radix(hex, 16).unwrap());
            }
            b'+' => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

impl TestProvider {
    /// A provider, and the service knowing it.
    pub(crate) async fn beside(service: &mut TestService) -> Self {
        let provider = Self::spawn().await;
        let settings = json!([{
            "name": "example", "label": "Example", "issuer": provider.inner.issuer,
            "client_id": CLIENT, "client_secret": SECRET,
        }]);
        service.config.oidc_providers = settings.to_string().parse().unwrap();
        service.restart().await;
        provider
    }

    async fn spawn() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            keys: Mutex::new(format!("{issuer}/jwks")),
            issuer,
            key: random_key(),
            codes: Mutex::default(),
            lie: Mutex::new(honest),
            now: Mutex::new(BEGINNING),
            told: Mutex::new(json!({})),
        });
        let server = Self::serve(&inner, listener);
        Self { inner, server }
    }

    fn serve(inner: &Arc<Inner>, listener: TcpListener) -> tokio::task::JoinHandle<()> {
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(Arc::clone(inner));
        tokio::spawn(async move {
            axum::serve(listener, app).await.unwrap();
        })
    }

    pub(crate) fn issuer(&self) -> String {
        self.inner.issuer.clone()
    }

    /// Its metadata names another place for its keys.
    pub(crate) fn names_keys_at(&self, url: String) {
        *self.inner.keys.lock().unwrap() = url;
    }

    /// Its metadata tells this too.
    pub(crate) fn tells(&self, name: &str, value: Value) {
        self.inner.told.lock().unwrap()[name] = value;
    }

    /// Its tokens lie from now on.
    pub(crate) fn lies(&self, lie: Lie) {
        *self.inner.lie.lock().unwrap() = lie;
    }

    pub(crate) fn set_clock(&self, now: u64) {
        *self.inner.now.lock().unwrap() = now;
    }

    /// It is gone.
    pub(crate) async fn stop(&mut self) {
        self.server.abort();
        let _ = (&mut self.server).await;
    }

    /// It is back, with the keys of before.
    pub(crate) async fn is_back(&mut self) {
        let address = self.inner.issuer.trim_start_matches("http://");
        let listener = TcpListener::bind(address).await.unwrap();
        self.server = Self::serve(&self.inner, listener);
    }

    /// Somebody signs in there: where the browser is sent back to.
    pub(crate) fn signs_in(&self, url: &str, person: Person) -> String {
        assert!(
            url.starts_with(&format!("{}/authorize?", self.inner.issuer)),
            "{url}"
        );
        let asked = query(url);
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|it| it == "openid"));
        assert!(asked["nonce"].len() >= 43 && asked["state"].len() >= 43);
        let mut code = [0; 16];
        getrandom::fill(&mut code).unwrap();
        let code = base64url(code);
        let back = format!(
            "{}?code={code}&state={}&iss={}",
            asked["redirect_uri"],
            encoded(&asked["state"]),
            encoded(&self.inner.issuer)
        );
        let grant = Grant { asked, person };
        self.inner.codes.lock().unwrap().insert(code, grant);
        back
    }
}

impl Drop for TestProvider {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn discovery(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let issuer = &inner.issuer;
    let mut metadata = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": *inner.keys.lock().unwrap(),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // A provider may say this. It is not to be believed.
        "id_token_signing_alg_values_supported": ["ES256", "none", "HS256"],
        "authorization_response_iss_parameter_supported": true,
    });
    let told = inner.told.lock().unwrap().clone();
    let told = told.as_object().unwrap().clone();
    metadata.as_object_mut().unwrap().extend(told);
    Json(metadata)
}

async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let point = inner.key.verifying_key().to_sec1_bytes();
    Json(json!({"keys": [{
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": "1",
        "x": base64url(&point[1..33]), "y": base64url(&point[33..65]),
    }]}))
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({"error": error})));
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{SECRET}")));
    if headers
        .get("authorization")
        .is_none_or(|given| *given != basic)
    {
        return refused("invalid_client");
    }
    let Some(grant) = inner.codes.lock().unwrap().remove(&form["code"]) else {
        return refused("invalid_grant");
    };
    let challenge = base64url(Sha256::digest(&form["code_verifier"]));
    let is_good = form["grant_type"] == "authorization_code"
        && form["redirect_uri"] == grant.asked["redirect_uri"]
        && challenge == grant.asked["code_challenge"];
    if !is_good {
        return refused("invalid_grant");
    }
    let answer = json!({
        "access_token": "of no use", "token_type": "Bearer", "expires_in": 60,
        "id_token": inner.id_token(&grant),
    });
    (StatusCode::OK, Json(answer))
}

impl Inner {
    fn id_token(&self, grant: &Grant) -> String {
        let now = *self.now.lock().unwrap();
        let mut header = json!({"alg": "ES256", "typ": "JWT", "kid": "1"});
        let mut claims = json!({
            "iss": self.issuer, "aud": CLIENT, "sub": grant.person.subject,
            "iat": now, "exp": now + 300, "auth_time": now - grant.person.ago,
            "nonce": grant.asked["nonce"],
            "email": grant.person.email, "email_verified": true,
        });
        let signing = self.lie.lock().unwrap()(&mut header, &mut claims);
        let signed = format!(
            "{}.{}",
            base64url(header.to_string()),
            base64url(claims.to_string())
        );
        let signature = match signing {
            Signing::None => Vec::new(),
            Signing::Own => sign(&self.key, &signed),
            Signing::Stranger => sign(&random_key(), &signed),
            Signing::ClientSecret => {
                let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
                let mac = mac.chain_update(&signed).finalize().into_bytes();
                mac.to_vec()
            }
        };
        format!("{signed}.{}", base64url(signature))
    }
}

fn sign(key: &SigningKey, signed: &str) -> Vec<u8> {
    let signature: Signature = key.sign(signed.as_bytes());
    signature.to_bytes().to_vec()
}
