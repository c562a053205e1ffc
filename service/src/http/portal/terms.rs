//! Region and terms, asked once and again when the terms change.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::page::{Block, Field, Form, Page, Weight};
use super::visit::{Posted, Visit};
use crate::portal::account::{REGIONS, agree as remember};
use crate::portal::link::{Agreed, agreed};
use crate::portal::trouble::Trouble;

/// Region, and the box that was ticked.
#[derive(Deserialize)]
pub(crate) struct Given {
    region: String,
    #[serde(default)]
    terms: String,
}

/// Region and terms, asked once.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let before = agreed(&visit.service, visit.signed_in()?.account).await?;
    Ok(page(visit, before))
}

/// What is to be filled in.
pub(super) fn fields(visit: &Visit) -> [Field; 2] {
    let region = |key: &&'static str| (*key, visit.say(&format!("portal_region_{key}")));
    let choose = ("", visit.say("portal_region_choose"));
    let regions = REGIONS.iter().map(region);
    [
        Field::Select {
            name: "region",
            label: visit.say("portal_region"),
            options: [choose].into_iter().chain(regions).collect(),
        },
        Field::Check {
            name: "terms",
            label: visit.say("portal_terms_accept"),
        },
    ]
}

fn page(visit: &Visit, before: Agreed) -> Page {
    let blocks = vec![
        Block::Paragraph(visit.say(match before {
            Agreed::Never => "portal_terms_why",
            Agreed::ToOthers | Agreed::ToThese => "portal_terms_changed",
        })),
        Block::Heading(visit.say("portal_terms_heading")),
        Block::Paragraph(visit.say("portal_terms_keeps")),
        Block::Paragraph(visit.say("portal_terms_cannot")),
        Block::Form(Form {
            action: "/portal/terms".into(),
            fields: fields(visit).into(),
            button: visit.say("portal_terms_button"),
            weight: Weight::Main,
        }),
    ];
    Page::new(visit.say("portal_terms_title"), blocks)
}

/// Remembers them.
pub(crate) async fn agree(Posted { visit, form }: Posted<Given>) -> Response {
    let done = async {
        let session = visit.signed_in()?;
        if form.terms != "yes" {
            return Err(Trouble::NotAgreed);
        }
        remember(&visit.service, session, &form.region).await?;
        Ok(session.waiting)
    };
    match done.await {
        Ok(Some(_)) => visit.go("/portal/choose-password"),
        Ok(None) => visit.go("/portal"),
        Err(trouble @ Trouble::NotAgreed) => match due(&visit).await {
            Ok(page) => visit.again(&trouble, page),
            Err(trouble) => visit.refuse(&trouble),
        },
        Err(trouble) => visit.refuse(&trouble),
    }
}
