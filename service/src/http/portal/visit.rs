//! Who comes, in which language, from which form of ours.

use std::net::IpAddr;

use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sigill_core::id::DeviceId;

use super::super::extract::address;
use super::super::pages::language;
use super::page::Page;
use crate::account::{Caller, Stranger};
use crate::courier::texts::Texts;
use crate::failure::Failure;
use crate::portal::browser::{Cookie, Cookies, csrf, is_ours, value_of};
use crate::portal::link::check_agreed;
use crate::portal::session::LIFETIME;
use crate::portal::trouble::Trouble;
use crate::service::Shared;
use crate::store::flows::Browser;
use crate::store::portal::PortalRow;
use crate::store::sessions::SessionRow;

/// A browser, and what it came with.
pub(crate) struct Visit {
    pub(crate) service: Shared,
    pub(crate) texts: Texts,
    pub(crate) path: String,
    pub(crate) browser: Browser,
    pub(crate) session: Option<PortalRow>,
    pub(crate) stranger: Stranger,
    address: IpAddr,
    query: Option<String>,
    sets: HeaderMap,
    is_known: bool,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, service: &Shared) -> Result<Self, Failure> {
        let cookies = cookies(service);
        let mut sets = HeaderMap::new();
        let known = Cookie::of(&parts.headers, cookies);
        let is_known = known.is_some();
        let cookie = match known {
            Some(cookie) => cookie,
            None => draw(cookies, &mut sets)?,
        };
        let browser = cookie.browser();
        let now = service.now();
        let session = service.store.portal_session(browser, now).await?;
        if let Some(session) = &session {
            let until = now.saturating_add(LIFETIME);
            service
                .store
                .prolong_portal_session(session.session, until)
                .await?;
        }
        let address = address(parts, &service.config);
        let network = service.network_share(address);
        let mut device = [0; 16];
        device.copy_from_slice(&browser[..16]);
        Ok(Self {
            texts: tongue(parts, cookies, &mut sets),
            path: parts.uri.path().into(),
            stranger: Stranger {
                device: DeviceId(device),
                network,
            },
            address,
            query: parts.uri.query().map(str::to_owned),
            service: Shared::clone(service),
            browser,
            session,
            sets,
            is_known,
        })
    }
}

fn cookies(service: &Shared) -> Cookies {
    Cookies::of(&service.config.public_url).unwrap_or(Cookies::Host)
}

fn draw(cookies: Cookies, sets: &mut HeaderMap) -> Result<Cookie, Failure> {
    let cookie = Cookie::draw()?;
    if let Some(header) = cookie.header(cookies) {
        sets.append(SET_COOKIE, header);
    }
    Ok(cookie)
}

/// `?lang` decides, and is remembered; then what was remembered, then the browser.
fn tongue(parts: &Parts, cookies: Cookies, sets: &mut HeaderMap) -> Texts {
    let (name, secure) = match cookies {
        Cookies::Host => ("__Host-sigill-lang", "; Secure"),
        Cookies::Loopback => ("sigill-lang", ""),
    };
    let query = parts.uri.query();
    let is_asked = query.is_some_and(|query| query.split('&').any(|it| it.starts_with("lang=")));
    if !is_asked {
        let kept = value_of(&parts.headers, name).map(|tag| format!("lang={tag}"));
        return language(kept.as_deref(), &parts.headers);
    }
    let texts = language(query, &parts.headers);
    let tag = texts.tag();
    let header = format!("{name}={tag}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}");
    if let Ok(header) = HeaderValue::from_str(&header) {
        sets.append(SET_COOKIE, header);
    }
    texts
}

impl Visit {
    /// Who is signed in here, region and terms given.
    pub(crate) async fn member(&self) -> Result<&PortalRow, Trouble> {
        let session = self.signed_in()?;
        check_agreed(&self.service, session).await?;
        Ok(session)
    }

    /// Who is signed in here.
    pub(crate) fn signed_in(&self) -> Result<&PortalRow, Trouble> {
        self.session.as_ref().ok_or(Trouble::SignedOut)
    }

    /// The session as the machinery knows it: a device that is signed in.
    pub(crate) fn caller(&self, session: &PortalRow) -> Caller {
        Caller {
            session: SessionRow {
                id: session.session,
                account: session.account,
                device: session.device,
                serial: 0,
                refresh_until: session.until,
            },
            network: self.stranger.network,
            address: self.address,
        }
    }

    /// A number in the address of the page; none where there is no such number.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        let pairs = self.query.as_deref()?.split('&');
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        let (_, number) = pairs.find(|(known, _)| *known == name)?;
        number.parse().ok()
    }

    /// What the forms of this page carry.
    pub(crate) fn csrf(&self) -> String {
        csrf(&self.service, self.browser)
    }

    /// A text without places.
    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.text(key, &[])
    }

    /// Answers with a page.
    pub(crate) fn show(&self, status: StatusCode, page: Page) -> Response {
        let mut response = page.response(self, status);
        response.headers_mut().extend(self.sets.clone());
        response
    }

    /// Sends the browser on.
    pub(crate) fn go(&self, path: &str) -> Response {
        let path = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/portal"));
        let mut response = (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response();
        response.headers_mut().extend(self.sets.clone());
        response
    }

    /// Sends the browser on, under the cookie of the session that began.
    pub(crate) fn go_as(&self, cookie: &Cookie, path: &str) -> Response {
        let mut response = self.go(path);
        if let Some(header) = cookie.header(cookies(&self.service)) {
            response.headers_mut().append(SET_COOKIE, header);
        }
        response
    }
}

/// A form of ours, sent by the browser that we gave it to.
pub(crate) struct Posted<T> {
    pub(crate) visit: Visit,
    pub(crate) form: T,
}

#[derive(Deserialize)]
struct Guarded<T> {
    csrf: String,
    #[serde(flatten)]
    form: T,
}

impl<T: DeserializeOwned> FromRequest<Shared> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, service: &Shared) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, service).await;
        let visit = visit.map_err(IntoResponse::into_response)?;
        let request = Request::from_parts(parts, body);
        let form = Form::<Guarded<T>>::from_request(request, service).await;
        match form {
            Ok(Form(given)) if visit.is_known && is_ours(service, visit.browser, &given.csrf) => {
                Ok(Self {
                    visit,
                    form: given.form,
                })
            }
            Ok(_) | Err(_) => Err(visit.refuse(&Trouble::NotOurForm)),
        }
    }
}
