//! What pages of sites are given, and give.

use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::api::{OffersFor, Submitted, Wanted};
use crate::border::{Session, give, promise, take, thrown};

#[wasm_bindgen]
impl Session {
    /// What a page may be offered.
    #[wasm_bindgen(unchecked_return_type = "Promise<Offers>")]
    pub fn offers(&self, wanted: Ts<OffersFor>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.offers(take(&wanted)?).await) })
    }

    /// What of an item goes into the controls of a form, field by field; empty
    /// for what it doesn't hold.
    #[wasm_bindgen(unchecked_return_type = "Promise<string[][]>")]
    pub fn fillings(&self, wanted: Ts<Wanted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.fillings(take(&wanted)?).await) })
    }

    /// What a submitted form is to the vault.
    #[wasm_bindgen(unchecked_return_type = "Promise<Saving>")]
    pub fn submitted(&self, submitted: Ts<Submitted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.submitted(&take(&submitted)?).await) })
    }

    /// Saves what was submitted; the login's name.
    #[wasm_bindgen(js_name = saveSubmitted, unchecked_return_type = "Promise<string>")]
    pub fn save_submitted(&self, submitted: Ts<Submitted>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.save_submitted(take(&submitted)?).await) })
    }

    /// Whether two pages are of one site.
    #[wasm_bindgen(js_name = areOneSite, unchecked_return_type = "Promise<boolean>")]
    pub fn are_one_site(&self, one: String, other: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.are_one_site(&one, &other).await) })
    }

    /// Passkeys of sites: those of a relying party (RP ID), and where a new one for
    /// `user` would be kept. For the background, which checked who asks.
    #[wasm_bindgen(js_name = sitePasskeys, unchecked_return_type = "Promise<SitePasskeys>")]
    pub fn site_passkeys(&self, rp: String, user: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.site_passkeys(&rp, &user).await) })
    }

    /// One of them with its private key, for the program that signs; wiped by whoever
    /// takes it.
    #[wasm_bindgen(js_name = sitePasskey, unchecked_return_type = "Promise<Uint8Array>")]
    pub fn site_passkey(&self, item: String, credential: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move {
            let passkey = session.site_passkey(&item, &credential).await;
            let bytes = passkey.map_err(thrown)?;
            Ok(Uint8Array::from(bytes.as_slice()).into())
        })
    }

    /// Keeps a new one, as that program made it; the item that holds it.
    #[wasm_bindgen(js_name = keepSitePasskey, unchecked_return_type = "Promise<string>")]
    pub fn keep_site_passkey(&self, passkey: Vec<u8>, site: String) -> Promise {
        let session = Rc::clone(&self.0);
        let passkey = Zeroizing::new(passkey);
        promise(async move { give(session.keep_site_passkey(&passkey, &site).await) })
    }
}
