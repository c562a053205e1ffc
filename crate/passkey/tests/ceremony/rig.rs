//! A page that asks, and a site that looks at what it is given.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sigill_core::passkeys::{Elsewhere, Occasion, Place};
use sigill_core::site::Suffixes;
use sigill_core::vault::item::Passkey;
use sigill_passkey::ceremony::{Asking, Ceremony, Made, Moment};

pub(crate) const ORIGIN: &str = "https://login.example.com";
/// The vault was opened a minute ago.
pub(crate) const NOW: Moment = Moment {
    opened_at: 1_700_000_000,
    now: 1_700_000_060,
};
/// The vault was opened an hour ago.
pub(crate) const LATER: Moment = Moment {
    opened_at: 1_700_000_000,
    now: 1_700_003_600,
};

pub(crate) fn suffixes() -> Suffixes {
    let list = include_str!("../../../../extension/data/public-suffixes.txt");
    Suffixes::parse(list.into()).unwrap()
}

pub(crate) fn begin(words: &Value, origin: &str) -> Result<Ceremony, Elsewhere> {
    Ceremony::begin(&words.to_string(), asking(origin), &suffixes())
}

/// What a tab shows asks, as its person just wished.
pub(crate) const fn asking(origin: &str) -> Asking<'_> {
    Asking {
        origin,
        place: Place::Top,
        occasion: Occasion::Acted,
    }
}

/// What a page says that wants a passkey made.
pub(crate) fn creation() -> Value {
    json!({
        "act": "create",
        "options": {
            "rp": { "id": "example.com", "name": "Example" },
            "user": { "id": "AQID", "name": "anna", "displayName": "Anna Andersson" },
            "challenge": "AAECAwQFBgcICQoLDA0ODw",
            "pubKeyCredParams": [{ "type": "public-key", "alg": -8 }, { "type": "public-key", "alg": -7 }],
            "authenticatorSelection": { "residentKey": "required", "userVerification": "required" },
            "extensions": { "credProps": true },
        },
    })
}

/// What a page says that wants somebody signed in.
pub(crate) fn request() -> Value {
    json!({
        "act": "get",
        "options": { "rpId": "example.com", "challenge": "__79_Pv6-fj39vX08_Lx8A" },
    })
}

pub(crate) fn made() -> Made {
    let ceremony = begin(&creation(), ORIGIN).unwrap();
    ceremony.make(&[], NOW).unwrap()
}

pub(crate) fn bytes(value: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(value.as_str().unwrap()).unwrap()
}

/// What an answer says, as a site reads it.
pub(crate) struct Said {
    pub(crate) answer: Value,
    pub(crate) client: Value,
    client_text: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

impl Said {
    pub(crate) fn of(answer: &str) -> Self {
        let answer: Value = serde_json::from_str(answer).unwrap();
        let client_text = bytes(&answer["response"]["clientDataJSON"]);
        Self {
            client: serde_json::from_slice(&client_text).unwrap(),
            data: bytes(&answer["response"]["authenticatorData"]),
            client_text,
            answer,
        }
    }

    pub(crate) fn flags(&self) -> u8 {
        self.data[32]
    }

    pub(crate) fn counter(&self) -> u32 {
        u32::from_be_bytes(self.data[33..37].try_into().unwrap())
    }

    /// What was signed.
    pub(crate) fn message(&self) -> Vec<u8> {
        [&self.data[..], &Sha256::digest(&self.client_text)].concat()
    }

    pub(crate) fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signature = Signature::from_der(&bytes(&self.answer["response"]["signature"])).unwrap();
        key.verify(&self.message(), &signature).is_ok()
    }
}

/// The public key of a passkey that was just made, out of its attested data.
pub(crate) fn public_key(data: &[u8]) -> VerifyingKey {
    // 32 hash, 1 flags, 4 counter, 16 AAGUID, 2 length, 16 credential; then COSE:
    // a5 01 02 03 26 20 01 21 5820 x 22 5820 y
    let cose = &data[71..];
    assert_eq!(cose.len(), 77);
    assert_eq!(
        cose[..10],
        [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]
    );
    assert_eq!(cose[42..45], [0x22, 0x58, 0x20]);
    let point = [&[4], &cose[10..42], &cose[45..77]].concat();
    VerifyingKey::from_sec1_bytes(&point).unwrap()
}

/// A passkey as another program made it.
pub(crate) fn imported(private_key: Vec<u8>, counter: u64) -> Passkey {
    Passkey {
        credential: vec![7; 20],
        rp: "example.com".into(),
        user_handle: vec![1, 2, 3],
        user_name: "anna".into(),
        display_name: String::new(),
        private_key,
        counter,
        created_at: 1,
    }
}
