//! The timeline in words, newest first, and who may read it here.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use sigill_core::confirmation::timeline::{Entry, Event};
use sigill_core::id::DeviceId;
use sigill_core::wire::SecretText;
use sigill_core::wire::problem::Code;
use sigill_core::wire::timeline::{Named, Network, Page as Entries, Password, Shown};

use super::download;
use super::fields::password_field;
use super::onwards::{after, again_form, own_provider, word_of};
use super::page::{Block, Field, Form, Item, Page, Weight};
use super::visit::{Posted, Visit};
use crate::courier::texts::Texts;
use crate::portal::account::shown;
use crate::portal::link::is_fresh;
use crate::portal::trouble::Trouble;
use crate::store::flows::Then;
use crate::timeline::read;

/// The account password, and where to go on.
#[derive(Deserialize)]
pub(crate) struct Reader {
    password: SecretText,
    then: String,
}

/// A page of entries.
pub(crate) async fn show(visit: Visit) -> Response {
    match due(&visit).await {
        Ok(page) => visit.show(StatusCode::OK, page),
        Err(trouble) => visit.refuse(&trouble),
    }
}

async fn due(visit: &Visit) -> Result<Page, Trouble> {
    let title = visit.say("timeline_title");
    if let Some(first) = before_reading(visit, Then::Timeline).await? {
        return Ok(Page::new(title, first));
    }
    let caller = visit.caller(visit.member().await?);
    let before = visit.number("before").unwrap_or(u64::MAX);
    let found = read::newest(&visit.service, &caller, before).await?;
    let items = found.entries.iter().map(|entry| item(visit, &found, entry));
    let mut blocks = vec![
        Block::Paragraph(visit.say("timeline_intro")),
        Block::Items(items.collect()),
    ];
    let oldest = found.entries.last().map_or(1, |shown| shown.entry.seq);
    if oldest > 1 {
        blocks.push(Block::Link {
            label: visit.say("portal_timeline_older"),
            url: format!("/portal/timeline?before={oldest}"),
        });
    }
    blocks.push(Block::Small(visit.say("portal_timeline_limits")));
    blocks.push(Block::Link {
        label: visit.say("timeline_export"),
        url: "/portal/timeline/file".into(),
    });
    blocks.push(Block::Small(visit.say("timeline_export_text")));
    Ok(Page::new(title, blocks))
}

fn item(visit: &Visit, page: &Entries, shown: &Shown) -> Item {
    let Entry { said, .. } = &shown.entry;
    let mut lines = vec![visit.texts.time(said.at)];
    if let Some(device) = said.device {
        lines.push(name_of(visit, &page.devices, device));
    }
    match shown.network {
        Network::Here => lines.push(visit.say("timeline_from_here")),
        Network::Elsewhere => lines.push(visit.say("timeline_from_elsewhere")),
        Network::Unknown => {}
    }
    if let Some(words) = shown.entry.reference() {
        let words = words.to_string();
        let fill = [("words", words.as_str())];
        lines.push(visit.texts.text("timeline_words", &fill));
    }
    Item {
        title: in_words(visit.texts, said.event),
        lines,
        form: None,
    }
}

fn name_of(visit: &Visit, devices: &[Named], device: DeviceId) -> String {
    let found = devices.iter().find(|named| named.device == device);
    // Rows of the portal's own devices alone are ever taken away.
    found.map_or_else(|| visit.say("portal_device"), |named| named.name.clone())
}

/// What happened, as the extension says it too.
fn in_words(texts: Texts, event: Event) -> String {
    let act_name = |word: &str| texts.text(&format!("timeline_act_{word}"), &[]);
    match event {
        Event::Operation { step, act } => {
            let act = act_name(act.word());
            let key = format!("timeline_event_{}", step.word());
            texts.text(&key, &[("act", act.as_str())])
        }
        Event::Refused { act, why } => {
            let act = act_name(act.word());
            let why = texts.text(&format!("timeline_why_{}", why.word()), &[]);
            let fill = [("act", act.as_str()), ("why", why.as_str())];
            texts.text("timeline_event_refused", &fill)
        }
        Event::Account(change) => texts.text(&format!("timeline_event_{}", change.word()), &[]),
    }
}

/// What has to come before a portal session may read what a thief must not
/// learn: the account password or, where there is none, a sign-in at the provider.
pub(super) async fn before_reading(
    visit: &Visit,
    then: Then,
) -> Result<Option<Vec<Block>>, Trouble> {
    let service = &visit.service;
    let session = visit.member().await?;
    let caller = visit.caller(session);
    let mut tx = service.store.begin(session.account).await?;
    match read::may_read(service, &mut tx, &caller).await {
        Ok(()) => return Ok(None),
        Err(failure) if failure.0.error == Code::PasswordNeeded => {}
        Err(failure) => return Err(failure.into()),
    }
    drop(tx);
    let shown = shown(service, session).await?;
    if shown.account.password.is_some() {
        return Ok(Some(password_form(visit, then)));
    }
    if is_fresh(session, service.now()) {
        read::allow(service, &caller).await?;
        return Ok(None);
    }
    let fill = [("provider", own_provider(visit, &shown.identities))];
    Ok(Some(vec![
        Block::Paragraph(visit.texts.text("portal_read_provider", &fill)),
        Block::Form(again_form(visit, then, &shown.identities)),
    ]))
}

fn password_form(visit: &Visit, then: Then) -> Vec<Block> {
    let place = Field::Hidden {
        name: "then",
        value: word_of(then).into(),
    };
    vec![
        Block::Paragraph(visit.say("portal_read_password")),
        Block::Form(Form {
            action: "/portal/read".into(),
            fields: vec![place, password_field(visit)],
            button: visit.say("portal_operation_password"),
            weight: Weight::Main,
        }),
        Block::Small(visit.say("portal_not_master")),
    ]
}

/// Takes the account password.
pub(crate) async fn open(Posted { visit, form }: Posted<Reader>) -> Response {
    let then = match form.then.as_str() {
        "data" => Then::Data,
        _ => Then::Timeline,
    };
    let opened = async {
        let caller = visit.caller(visit.member().await?);
        let password = form.password;
        Ok(read::open(&visit.service, &caller, Password { password }).await?)
    };
    match opened.await {
        Ok(()) => visit.go(after(then)),
        Err(Trouble::Failed(failure)) if failure.0.error == Code::ProofRejected => {
            let page = Page::new(visit.say("timeline_title"), password_form(&visit, then));
            visit.again(&Trouble::WrongPassword, page)
        }
        Err(trouble) => visit.refuse(&trouble),
    }
}

/// The file that `sigill-service verify-timeline` takes.
pub(crate) async fn file(visit: Visit) -> Response {
    match before_reading(&visit, Then::Timeline).await {
        Ok(None) => download::timeline(&visit).await,
        Ok(Some(_)) => visit.go("/portal/timeline"),
        Err(trouble) => visit.refuse(&trouble),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sigill_core::confirmation::timeline::{Act, Change, Step, Why};
    use sigill_core::wire::account::Language;

    #[test]
    fn every_event_is_said_in_both_languages() {
        let steps = Step::ALL.iter().flat_map(|step| {
            let acts = Act::ALL.iter();
            acts.map(|act| Event::Operation {
                step: *step,
                act: *act,
            })
        });
        let refused = Why::ALL.iter().map(|why| Event::Refused {
            act: Act::Weaken,
            why: *why,
        });
        let changes = Change::ALL.iter().copied().map(Event::Account);
        for event in steps.chain(refused).chain(changes) {
            for language in [Language::English, Language::Swedish] {
                let said = in_words(Texts(language), event);
                assert!(!said.contains("timeline_"), "{event}: {said}");
            }
        }
    }
}
