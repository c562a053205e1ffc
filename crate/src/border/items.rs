//! Entries: listed, looked at, written.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::api::{Bulk, Query, Save};
use crate::border::{Session, give, promise, take};
use crate::session::{self, Drawing};

#[wasm_bindgen]
impl Session {
    /// JSON text of `Rows`.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn list(&self, query: Ts<Query>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.list(take(&query)?).await) })
    }

    /// What there is to choose from beside the list.
    #[wasm_bindgen(unchecked_return_type = "Promise<Facets>")]
    pub fn facets(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.facets().await) })
    }

    /// The fields of each kind, in the order in which a person chooses among them.
    #[wasm_bindgen(unchecked_return_type = "Promise<Layout[]>")]
    pub fn layouts(&self) -> Promise {
        promise(async move { give(Ok(session::layouts())) })
    }

    /// An item, opened.
    #[wasm_bindgen(unchecked_return_type = "Promise<Item>")]
    pub fn item(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.item(&id).await) })
    }

    /// Writes an item; its name.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn save(&self, save: Ts<Save>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.save(take(&save)?).await) })
    }

    /// Does one thing to many entries, as one batch that can be undone.
    #[wasm_bindgen(unchecked_return_type = "Promise<Batch>")]
    pub fn bulk(&self, bulk: Ts<Bulk>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.bulk(take(&bulk)?).await) })
    }

    /// Takes a batch back; how many entries changed by it.
    #[wasm_bindgen(unchecked_return_type = "Promise<number>")]
    pub fn undo(&self, id: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.undo(&id).await) })
    }

    /// Removes items that are in the trash.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn erase(&self, ids: Vec<String>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.erase(&ids).await) })
    }

    /// Removes what has been in the trash for more than 30 days; how many went.
    #[wasm_bindgen(js_name = eraseDue, unchecked_return_type = "Promise<number>")]
    pub fn erase_due(&self) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.erase_due().await) })
    }

    /// An item's files, and where they are.
    #[wasm_bindgen(unchecked_return_type = "Promise<FilesShown>")]
    pub fn files(&self, item: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.files(&item).await) })
    }

    /// The codes of an item's key: of its first, or of its own field at `at`.
    #[wasm_bindgen(js_name = oneTimeCode, unchecked_return_type = "Promise<Codes>")]
    pub fn one_time_code(&self, id: String, at: Option<u32>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.one_time_code(&id, at).await) })
    }

    /// The next code of a key that goes by a counter.
    #[wasm_bindgen(js_name = nextCode, unchecked_return_type = "Promise<OneTimeCode>")]
    pub fn next_code(&self, id: String, at: Option<u32>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.next_code(&id, at).await) })
    }

    /// What a text says, as the key of one-time codes.
    #[wasm_bindgen(js_name = readOtp, unchecked_return_type = "Promise<OtpRead>")]
    pub fn read_otp(&self, text: String) -> Promise {
        let text = Zeroizing::new(text);
        promise(async move { give(Ok(session::read_otp(&text))) })
    }

    /// What the generator made and was used, newest first: a line each, seconds since
    /// 1970, a blank, the value. `value` is remembered, or all is erased, before.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn drawn(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"look\" | \"keep\" | \"erase\"")] act: &str,
        value: String,
    ) -> Promise {
        let value = Zeroizing::new(value);
        let act = match act {
            "keep" => Drawing::Keep(value),
            "erase" => Drawing::Erase,
            _ => Drawing::Look,
        };
        let session = Rc::clone(&self.0);
        promise(async move { give(session.drawn(act).await) })
    }
}
