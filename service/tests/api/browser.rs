//! A browser without scripts: it keeps cookies, follows the links it is told
//! to, and sends the forms that a page holds.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::provider::{Person, TestProvider, encoded};
use crate::rig::TestService;

pub(crate) struct TestBrowser {
    base: String,
    address: String,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
    csrf: Mutex<String>,
}

/// A page, or where it sends to.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Shown {
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.html);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.html.contains(text), "{text} in {}", self.html);
        self
    }

    #[track_caller]
    pub(crate) fn says_nothing_of(self, text: &str) -> Self {
        assert!(!self.html.contains(text), "{text} in {}", self.html);
        self
    }

    /// Where the form of the page goes that begins so.
    #[track_caller]
    pub(crate) fn form(&self, place: &str) -> String {
        let before = format!("action=\"{place}");
        let found = between(&self.html, &before, "\"");
        let rest = found.unwrap_or_else(|| panic!("{place} in {} {}", self.status, self.html));
        format!("{place}{rest}")
    }

    /// What a link of the page leads to that begins so.
    #[track_caller]
    pub(crate) fn link(&self, place: &str) -> String {
        let before = format!("href=\"{place}");
        let found = between(&self.html, &before, "\"");
        let rest = found.unwrap_or_else(|| panic!("{place} in {}", self.html));
        unescaped(&format!("{place}{rest}"))
    }

    /// Every code in the list for paper.
    pub(crate) fn codes(&self) -> Vec<String> {
        let list = between(&self.html, "<ol class=\"codes\">", "</ol>").unwrap_or_default();
        list.split("<li>")
            .skip(1)
            .map(|item| item.split("</li>").next().unwrap().to_owned())
            .collect()
    }

    pub(crate) fn location(&self) -> &str {
        self.headers[LOCATION].to_str().unwrap()
    }

    /// Where the page sends the browser by itself.
    #[track_caller]
    pub(crate) fn onwards(&self) -> String {
        let found = between(&self.html, "content=\"0; url=", "\"");
        let found = found.unwrap_or_else(|| panic!("{} {}", self.status, self.html));
        unescaped(found)
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// Follows nothing by itself; a connection for each request, since a server may
/// close one that is idle.
fn client() -> Client {
    let builder = Client::builder().redirect(Policy::none());
    builder.pool_max_idle_per_host(0).build().unwrap()
}

impl TestBrowser {
    pub(crate) fn new(service: &TestService, address: &str) -> Self {
        Self::at(&service.url, address)
    }

    /// A browser that looks at another site.
    pub(crate) fn at(base: &str, address: &str) -> Self {
        Self {
            base: base.into(),
            address: address.into(),
            client: client(),
            cookies: Mutex::default(),
            csrf: Mutex::default(),
        }
    }

    fn request(&self, method: Method, url: &str) -> RequestBuilder {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self.client.request(method, url);
        request
            .header("x-forwarded-for", &self.address)
            .header(COOKIE, cookies.join("; "))
    }

    async fn send(&self, method: Method, to: &str, body: Option<String>) -> Shown {
        let url = if to.starts_with("http") {
            to.to_owned()
        } else {
            format!("{}{to}", self.base)
        };
        assert!(url.starts_with(&self.base), "{url} leads away");
        let mut request = self.request(method, &url);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
        }
        let response = request.send().await.unwrap();
        let headers = response.headers().clone();
        for set in headers.get_all(SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies
                .lock()
                .unwrap()
                .insert(name.into(), value.into());
        }
        let shown = Shown {
            status: response.status().as_u16(),
            headers,
            html: response.text().await.unwrap(),
        };
        if let Some(token) = between(&shown.html, "name=\"csrf\" value=\"", "\"") {
            *self.csrf.lock().unwrap() = token.into();
        }
        shown
    }

    /// The answer's head; its body is read by whoever asked.
    pub(crate) async fn download(&self, to: &str) -> reqwest::Response {
        let request = self.request(Method::GET, &format!("{}{to}", self.base));
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, to: &str) -> Shown {
        self.send(Method::GET, to, None).await
    }

    /// Goes where it is sent within the service, until a page is shown.
    pub(crate) async fn open(&self, to: &str) -> Shown {
        let mut shown = self.get(to).await;
        while shown.status == 303 {
            let to = shown.location().to_owned();
            shown = self.get(&to).await;
        }
        shown
    }

    /// Opens the address that a device sent its person to, and presses its button.
    pub(crate) async fn sent_to(&self, hint: &Value) -> Shown {
        let url = hint["url"].as_str().unwrap();
        self.open(url).await.expect(200);
        self.submit(url, &[]).await
    }

    /// Sends a form of the page that was shown last.
    pub(crate) async fn post(&self, to: &str, fields: &[(&str, &str)]) -> Shown {
        let csrf = self.csrf();
        self.post_with(to, fields, &csrf).await
    }

    /// The same, and goes where that leads.
    pub(crate) async fn submit(&self, to: &str, fields: &[(&str, &str)]) -> Shown {
        let shown = self.post(to, fields).await;
        if shown.status == 303 {
            let to = shown.location().to_owned();
            return self.open(&to).await;
        }
        shown
    }

    pub(crate) async fn post_with(&self, to: &str, fields: &[(&str, &str)], csrf: &str) -> Shown {
        let all = [("csrf", csrf)];
        let pairs = all.iter().chain(fields);
        let body: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        self.send(Method::POST, to, Some(body.join("&"))).await
    }

    /// What the forms of the last page carry.
    pub(crate) fn csrf(&self) -> String {
        self.csrf.lock().unwrap().clone()
    }

    /// The same cookies and forms in another program: a copy of the profile.
    pub(crate) fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().unwrap().clone()
    }

    pub(crate) fn take_cookies(&self, cookies: BTreeMap<String, String>) {
        *self.cookies.lock().unwrap() = cookies;
    }

    /// Presses a button that leads to the provider, signs in there, comes back.
    pub(crate) async fn through(
        &self,
        provider: &TestProvider,
        (button, person): (&str, Person),
    ) -> Shown {
        let onwards = self.post(button, &[]).await.expect(200).onwards();
        let back = provider.signs_in(&onwards, person);
        self.open(&back).await
    }
}
