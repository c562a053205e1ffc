//! Files of entries, part by part.

use std::rc::Rc;

use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::api::NewFile;
use crate::border::{Session, give, promise, take};

#[wasm_bindgen]
impl Session {
    /// Begins to attach a file of so many bytes to an item; the file's name.
    #[wasm_bindgen(unchecked_return_type = "Promise<string>")]
    pub fn attach(&self, item: String, size: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach(&item, size.into()).await) })
    }

    /// Takes a part of a file in: base64, from chunk `from` on, at most 16 chunks of 64 KiB.
    #[wasm_bindgen(js_name = attachPart, unchecked_return_type = "Promise<void>")]
    pub fn attach_part(&self, file: String, from: u32, part: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_part(&file, from, part).await) })
    }

    /// All of it is here: it is proved, and its item names it.
    #[wasm_bindgen(js_name = attachEnd, unchecked_return_type = "Promise<void>")]
    pub fn attach_end(&self, file: String, new: Ts<NewFile>) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_end(&file, take(&new)?).await) })
    }

    /// Gives up a file that was being attached.
    #[wasm_bindgen(js_name = attachCancel, unchecked_return_type = "Promise<void>")]
    pub fn attach_cancel(&self, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.attach_cancel(&file).await) })
    }

    /// An item's file goes; its history can bring it back.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn detach(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.detach(&item, &file).await) })
    }

    /// A file comes back from an item's history.
    #[wasm_bindgen(unchecked_return_type = "Promise<void>")]
    pub fn reattach(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.reattach(&item, &file).await) })
    }

    /// Brings a step of a file from the cloud, until all of it is here.
    #[wasm_bindgen(js_name = bringFile, unchecked_return_type = "Promise<Brought>")]
    pub fn bring_file(&self, item: String, file: String) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.bring_file(&item, &file).await) })
    }

    /// A part of a file that is here, from chunk `from` on; the first after all of it was proved.
    #[wasm_bindgen(js_name = readFile, unchecked_return_type = "Promise<FilePart>")]
    pub fn read_file(&self, item: String, file: String, from: u32) -> Promise {
        let session = Rc::clone(&self.0);
        promise(async move { give(session.read_file(&item, &file, from).await) })
    }
}
