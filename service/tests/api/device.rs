//! A device: a key that signs, and the requests it makes. Written from RFC 9449,
//! not from the service's code.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use reqwest::{Client, Method};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sigill_core::id::{AccountId, DeviceId};
use sigill_core::wire::problem::Code;

pub(crate) const PASSWORD: &str = "an account password";

pub(crate) struct TestDevice {
    key: SigningKey,
    base: String,
    address: String,
    client: Client,
    nonce: Mutex<Option<String>>,
    proofs: AtomicU64,
    pub(crate) access: Option<String>,
    pub(crate) refresh: Option<String>,
    pub(crate) account: AccountId,
    pub(crate) receipt_key: Value,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn value(&self) -> Value {
        self.json()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// The problem, with the status that belongs to it.
    #[track_caller]
    pub(crate) fn refused(&self) -> Code {
        let code: Code = serde_json::from_value(self.value()["error"].clone())
            .unwrap_or_else(|_| panic!("{} {}", self.status, self.body));
        assert_eq!(self.status, code.status(), "{}", self.body);
        code
    }
}

pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What goes out, to be tampered with before it is signed.
pub(crate) struct Draft {
    pub(crate) header: Value,
    pub(crate) claims: Value,
    pub(crate) authorization: Option<String>,
    pub(crate) content_type: Option<&'static str>,
}

impl TestDevice {
    pub(crate) fn new(base: &str, address: String) -> Self {
        let key = loop {
            let mut secret = [0; 32];
            getrandom::fill(&mut secret).unwrap();
            if let Ok(key) = SigningKey::from_slice(&secret) {
                break key;
            }
        };
        Self {
            key,
            base: base.into(),
            address,
            client: Client::new(),
            nonce: Mutex::new(None),
            proofs: AtomicU64::new(0),
            access: None,
            refresh: None,
            account: AccountId([0; 16]),
            receipt_key: Value::Null,
        }
    }

    /// As if another household used it.
    pub(crate) fn move_to(&mut self, address: &str) {
        self.address = address.into();
    }

    /// Its next request opens a connection of its own: whoever listens there now answers.
    pub(crate) fn hang_up(&mut self) {
        self.client = Client::new();
    }

    fn coordinates(&self) -> (String, String) {
        let point = self.key.verifying_key().to_sec1_bytes();
        (base64url(&point[1..33]), base64url(&point[33..65]))
    }

    pub(crate) fn id(&self) -> DeviceId {
        let (x, y) = self.coordinates();
        let canonical = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        DeviceId::of_thumbprint(&Sha256::digest(canonical).into())
    }

    fn draft(&self, method: &Method, path: &str, body: &[u8]) -> Draft {
        let (x, y) = self.coordinates();
        let number = self.proofs.fetch_add(1, Ordering::SeqCst);
        let mut claims = json!({
            "htm": method.as_str(),
            "htu": format!("{}{}", self.base, path.split('?').next().unwrap()),
            "jti": format!("{number}-{}", self.address),
            "iat": 12_345, // a device whose clock stands still
            "bh": base64url(Sha256::digest(body)),
        });
        if let Some(nonce) = &*self.nonce.lock().unwrap() {
            claims["nonce"] = json!(nonce);
        }
        if let Some(access) = &self.access {
            claims["ath"] = json!(base64url(Sha256::digest(access)));
        }
        Draft {
            header: json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}}),
            claims,
            authorization: self.access.as_ref().map(|access| format!("DPoP {access}")),
            content_type: (!body.is_empty()).then_some("application/json"),
        }
    }

    pub(crate) fn sign(&self, draft: &Draft) -> String {
        let signed = format!(
            "{}.{}",
            base64url(draft.header.to_string()),
            base64url(draft.claims.to_string())
        );
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", base64url(signature.to_bytes()))
    }

    /// Sends a request that `tamper` has looked at; once.
    pub(crate) async fn send_once(
        &self,
        (method, path): (Method, &str),
        body: Vec<u8>,
        tamper: impl FnOnce(&mut Draft),
    ) -> Answer {
        let mut draft = self.draft(&method, path, &body);
        tamper(&mut draft);
        let proof = self.sign(&draft);
        self.send_proof((method, path), body, (&draft, &proof))
            .await
    }

    pub(crate) async fn send_proof(
        &self,
        (method, path): (Method, &str),
        body: Vec<u8>,
        (draft, proof): (&Draft, &str),
    ) -> Answer {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .header("dpop", proof)
            .header("x-forwarded-for", &self.address)
            .body(body);
        if let Some(authorization) = &draft.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(kind) = draft.content_type {
            request = request.header("content-type", kind);
        }
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        if let Some(nonce) = headers.get("dpop-nonce") {
            *self.nonce.lock().unwrap() = Some(nonce.to_str().unwrap().into());
        }
        Answer {
            status: response.status().as_u16(),
            body: response.text().await.unwrap(),
            headers,
        }
    }

    /// Sends a request; once more where the nonce was not fresh.
    pub(crate) async fn send(&self, to: (Method, &str), body: Vec<u8>) -> Answer {
        self.send_with(to, body, |_| {}).await
    }

    pub(crate) async fn send_with(
        &self,
        (method, path): (Method, &str),
        body: Vec<u8>,
        tamper: impl Fn(&mut Draft),
    ) -> Answer {
        let first = self
            .send_once((method.clone(), path), body.clone(), &tamper)
            .await;
        if first.status == 401 && first.value()["error"] == "use_dpop_nonce" {
            return self.send_once((method, path), body, &tamper).await;
        }
        first
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send((Method::GET, path), Vec::new()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send((Method::DELETE, path), Vec::new()).await
    }

    /// A POST without a body.
    pub(crate) async fn touch(&self, path: &str) -> Answer {
        self.send((Method::POST, path), Vec::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &impl serde::Serialize) -> Answer {
        self.send((Method::POST, path), serde_json::to_vec(body).unwrap())
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: &impl serde::Serialize) -> Answer {
        self.send((Method::PUT, path), serde_json::to_vec(body).unwrap())
            .await
    }

    pub(crate) async fn sign_up(&self, email: &str) -> Answer {
        let body = json!({"email": email, "password": PASSWORD, "language": "en"});
        self.post("/v1/accounts", &body).await
    }

    pub(crate) async fn verify(&self, email: &str, code: &str) -> Answer {
        self.post(
            "/v1/accounts/verify",
            &json!({"email": email, "code": code}),
        )
        .await
    }

    pub(crate) async fn try_sign_in(&self, email: &str, password: &str, name: &str) -> Answer {
        let body =
            json!({"email": email, "password": password, "device_name": name, "language": "en"});
        self.post("/v1/sessions", &body).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, name: &str) {
        let session = self
            .try_sign_in(email, PASSWORD, name)
            .await
            .expect(201)
            .value();
        self.take_session(&session);
    }

    pub(crate) fn take_session(&mut self, session: &Value) {
        self.access = Some(session["access_token"].as_str().unwrap().into());
        self.refresh = Some(session["refresh_token"].as_str().unwrap().into());
        self.account = serde_json::from_value(session["account"].clone()).unwrap();
        self.receipt_key = session["receipt_key"].clone();
    }

    /// Asks for the successor of a refresh token, as a device does: without an access token.
    pub(crate) async fn refresh_with(&self, token: &str) -> Answer {
        let body = serde_json::to_vec(&json!({"refresh_token": token})).unwrap();
        let anonymous = |draft: &mut Draft| {
            draft.authorization = None;
            draft.claims.as_object_mut().unwrap().remove("ath");
        };
        self.send_with((Method::POST, "/v1/sessions/refresh"), body, anonymous)
            .await
    }

    /// Takes the next access token, after time has passed.
    pub(crate) async fn refresh(&mut self) {
        let token = self.refresh.clone().unwrap();
        let session = self.refresh_with(&token).await.expect(200).value();
        self.take_session(&session);
    }
}
