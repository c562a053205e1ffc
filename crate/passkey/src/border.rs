//! What JavaScript may call. Names of credentials are base64url.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use sigill_core::passkeys::{Elsewhere, Occasion, Place};
use sigill_core::site;
use sigill_core::vault::item::Passkey;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::asked::{What, When};
use crate::ceremony::{self, Moment, Refused};

/// The public-suffix list, read once.
#[wasm_bindgen]
pub struct Suffixes(site::Suffixes);

#[wasm_bindgen]
impl Suffixes {
    /// Reads `extension/data/public-suffixes.txt`.
    ///
    /// # Errors
    /// `{code: "damaged"}` where it is not whole.
    #[wasm_bindgen(constructor)]
    pub fn new(text: String) -> Result<Self, JsValue> {
        let list = site::Suffixes::parse(text);
        list.map(Self).ok_or_else(|| thrown("damaged"))
    }
}

/// The page that asks, by the browser's word.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Asking {
    /// Its origin.
    pub origin: String,
    /// Origins of the pages around it; absent for what the tab itself shows.
    pub around: Option<Vec<String>>,
    /// What led to it.
    pub occasion: Led,
}

/// What led to a request.
#[derive(Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Led {
    /// The person just did something on the page.
    Acted,
    /// The page asks for the first time.
    First,
    /// It asks again.
    Again,
}

/// What a page asked for, to look at.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// `create` or `get`.
    #[tsify(type = "\"create\" | \"get\"")]
    pub act: &'static str,
    /// The relying party.
    pub rp: String,
    /// What a new passkey's user is called; empty for `get`.
    pub user: String,
    /// The same, longer.
    pub display_name: String,
    /// What the site calls itself; empty for `get`.
    pub site: String,
    /// Whether the person is asked only once they choose one beside a field.
    pub conditional: bool,
    /// Milliseconds until the page waits no longer.
    pub patience: u32,
}

/// What one page asked for, once it was checked.
#[wasm_bindgen]
pub struct Ceremony(ceremony::Ceremony);

/// A passkey that was made.
#[wasm_bindgen]
pub struct Made {
    answer: String,
    passkey: Zeroizing<Vec<u8>>,
}

#[wasm_bindgen]
impl Made {
    /// For the page: `RegistrationResponseJSON`.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn answer(&self) -> String {
        self.answer.clone()
    }

    /// For the session, which wipes it.
    #[must_use]
    pub fn passkey(&self) -> Vec<u8> {
        self.passkey.to_vec()
    }
}

#[wasm_bindgen]
impl Ceremony {
    /// Reads a page's words (`{act, options, mediation}`), and checks that it may ask.
    ///
    /// # Errors
    /// `{code: "elsewhere_…"}`: the browser's own passkeys answer.
    #[wasm_bindgen(constructor)]
    pub fn new(words: &str, asking: Ts<Asking>, suffixes: &Suffixes) -> Result<Self, JsValue> {
        let asking = asking
            .to_rust()
            .map_err(|_| elsewhere(Elsewhere::Malformed))?;
        let around = asking.around.as_deref();
        let around = around.map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        let who = ceremony::Asking {
            origin: &asking.origin,
            place: around.as_deref().map_or(Place::Top, Place::Inside),
            occasion: match asking.occasion {
                Led::Acted => Occasion::Acted,
                Led::First => Occasion::First,
                Led::Again => Occasion::Again,
            },
        };
        let begun = ceremony::Ceremony::begin(words, who, &suffixes.0);
        begun.map(Self).map_err(elsewhere)
    }

    /// What was asked for, to look at.
    ///
    /// # Errors
    /// None but what the border itself may throw.
    pub fn about(&self) -> Result<Ts<About>, JsValue> {
        let rp = self.0.party().id().to_owned();
        let about = match self.0.what() {
            What::Create { creation, .. } => About {
                act: "create",
                rp,
                user: creation.user.name.clone(),
                display_name: creation.user.display_name.clone(),
                site: creation.site.clone(),
                conditional: false,
                patience: self.0.patience(),
            },
            What::Get { .. } => About {
                act: "get",
                rp,
                user: String::new(),
                display_name: String::new(),
                site: String::new(),
                conditional: self.0.when() == When::Chosen,
                patience: self.0.patience(),
            },
        };
        about.into_ts().map_err(|_| thrown("damaged"))
    }

    /// Whether a passkey of the relying party may sign, or forbids another.
    #[must_use]
    pub fn concerns(&self, credential: &str) -> bool {
        let credential = URL_SAFE_NO_PAD.decode(credential);
        credential.is_ok_and(|credential| self.0.concerns(&credential))
    }

    /// Whether the person has to be verified before anything is made or signed; times
    /// are seconds since 1970.
    #[must_use]
    #[wasm_bindgen(js_name = needsVerification)]
    pub fn needs_verification(&self, opened_at: u32, now: u32) -> bool {
        self.0.verified(moment(opened_at, now)).is_err()
    }

    /// Makes the passkey that was asked for; `held` are those of the relying party.
    ///
    /// # Errors
    /// `{code: "passkey_…"}`.
    pub fn make(&self, held: Vec<String>, opened_at: u32, now: u32) -> Result<Made, JsValue> {
        let held = held.iter().map(|one| URL_SAFE_NO_PAD.decode(one));
        let held: Result<Vec<_>, _> = held.collect();
        let held = held.map_err(|_| thrown("damaged"))?;
        let made = self
            .0
            .make(&held, moment(opened_at, now))
            .map_err(refused)?;
        Ok(Made {
            passkey: made.passkey.to_bytes(),
            answer: made.answer,
        })
    }

    /// Signs by a passkey as the session hands it over; wipes what it was handed.
    /// `AuthenticationResponseJSON`.
    ///
    /// # Errors
    /// `{code: "passkey_…"}`.
    pub fn sign(&self, passkey: Vec<u8>, opened_at: u32, now: u32) -> Result<String, JsValue> {
        let passkey = Zeroizing::new(passkey);
        let passkey = Passkey::from_bytes(&passkey).map_err(|_| thrown("damaged"))?;
        let signed = self.0.sign(&passkey, moment(opened_at, now));
        signed.map_err(refused)
    }
}

fn moment(opened_at: u32, now: u32) -> Moment {
    Moment {
        opened_at: opened_at.into(),
        now: now.into(),
    }
}

fn elsewhere(why: Elsewhere) -> JsValue {
    thrown(match why {
        Elsewhere::Origin => "elsewhere_origin",
        Elsewhere::Frame => "elsewhere_frame",
        Elsewhere::RelyingParty => "elsewhere_party",
        Elsewhere::Algorithm => "elsewhere_algorithm",
        Elsewhere::Attachment => "elsewhere_attachment",
        Elsewhere::Silent => "elsewhere_silent",
        Elsewhere::Unasked => "elsewhere_unasked",
        Elsewhere::Malformed => "elsewhere_malformed",
    })
}

fn refused(why: Refused) -> JsValue {
    thrown(match why {
        Refused::NotAsked => "passkey_not_asked",
        Refused::VerifyFirst => "passkey_verify_first",
        Refused::Excluded => "passkey_excluded",
        Refused::AnotherPasskey => "passkey_another",
        Refused::BadKey => "passkey_bad_key",
    })
}

fn thrown(code: &str) -> JsValue {
    let thrown = Object::new();
    // Setting a property of a fresh object can't fail.
    let _ = Reflect::set(&thrown, &"code".into(), &code.into());
    thrown.into()
}
