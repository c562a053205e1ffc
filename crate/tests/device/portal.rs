//! A browser at the portal, as far as it takes to reset a forgotten password.

use std::cell::RefCell;

use axum::body::{Body, to_bytes};
use axum::http::Request;

use crate::rig::{EMAIL, PASSWORD, World};

/// Its cookie, and the token of the form that was shown last.
#[derive(Default)]
struct Browser {
    cookie: RefCell<String>,
    token: RefCell<String>,
}

impl Browser {
    async fn send(&self, world: &World, path: &str, body: Option<String>) -> String {
        let method = if body.is_some() { "POST" } else { "GET" };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("x-forwarded-for", "10.9.9.9")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", self.cookie.borrow().clone());
        let body = Body::from(body.unwrap_or_default());
        let answer = world.answer(request.body(body).unwrap()).await;
        let status = answer.status().as_u16();
        if let Some(set) = answer.headers().get("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            self.cookie.replace(pair.to_owned());
        }
        let html = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        let html = String::from_utf8(html.to_vec()).unwrap();
        assert!([200, 303].contains(&status), "{path} {status} {html}");
        if let Some((_, rest)) = html.split_once("name=\"csrf\" value=\"") {
            let token = rest.split('"').next().unwrap();
            self.token.replace(token.to_owned());
        }
        html
    }

    async fn submit(&self, world: &World, path: &str, fields: &str) -> String {
        let body = format!("csrf={}&{fields}", self.token.borrow());
        let shown = self.send(world, path, Some(body)).await;
        if path == "/portal/forgot" {
            return shown;
        }
        self.send(world, "/portal/forgot", None).await
    }
}

impl World {
    /// Somebody who reads the mailbox resets the account password by mail alone.
    pub(crate) async fn reset_by_mail(&self) {
        let browser = Browser::default();
        browser.send(self, "/portal/forgot", None).await;
        let address = format!("email={}", EMAIL.replace('@', "%40"));
        browser.submit(self, "/portal/forgot/mail", &address).await;
        let code = format!("code={}", self.code().await.replace(' ', ""));
        browser.submit(self, "/portal/forgot/code", &code).await;
        let word = PASSWORD.replace(' ', "+");
        let chosen = format!("password={word}&again={word}");
        let done = browser.submit(self, "/portal/forgot", &chosen).await;
        assert!(done.contains("72"), "{done}");
    }
}
