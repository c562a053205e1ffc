//! A page as a list of blocks, written once as HTML.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::super::pages::page;
use super::visit::Visit;

/// A part of a page.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    Paragraph(String),
    Small(String),
    /// What went wrong.
    Alert(String),
    /// What was done, or needs a look.
    Notice(String),
    /// Something to compare, large and by itself, after its label.
    Large {
        label: String,
        value: String,
    },
    Heading(String),
    Picture(Picture),
    /// Codes to be kept on paper.
    Codes(Vec<String>),
    Facts(Vec<(String, String)>),
    Link {
        label: String,
        url: String,
    },
    Form(Form),
    Items(Vec<Item>),
}

/// Black squares on white, drawn with the page: nothing is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// For whoever does not see it.
    pub(crate) label: String,
    /// Squares a side.
    pub(crate) side: usize,
    /// SVG's path of the black ones.
    pub(crate) path: String,
}

/// A form of ours.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) fields: Vec<Field>,
    pub(crate) button: String,
    pub(crate) weight: Weight,
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Main,
    Quiet,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Quiet => "quiet",
        }
    }
}

/// A field of a form.
#[derive(Debug, Clone)]
pub(crate) enum Field {
    Text(Input),
    Select {
        name: &'static str,
        label: String,
        options: Vec<(&'static str, String)>,
    },
    /// To be ticked.
    Check {
        name: &'static str,
        label: String,
    },
    /// Ticked, and left so by whoever does not mind.
    Ticked {
        name: &'static str,
        label: String,
    },
    Hidden {
        name: &'static str,
        value: String,
    },
    /// Shown, and not to be changed here.
    Shown {
        name: &'static str,
        label: String,
        value: String,
    },
}

/// A field to type in.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    /// HTML's `type`.
    pub(crate) kind: &'static str,
    /// HTML's `autocomplete`.
    pub(crate) fills: &'static str,
    pub(crate) value: String,
}

/// A member of a list, with its button.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    pub(crate) form: Option<Form>,
}

/// A page.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
    /// Where the browser goes by itself.
    pub(crate) onwards: Option<String>,
}

impl Form {
    /// Nothing but a button.
    pub(crate) fn button(action: impl Into<String>, button: String, weight: Weight) -> Self {
        Self {
            action: action.into(),
            fields: Vec::new(),
            button,
            weight,
        }
    }
}

impl Page {
    pub(crate) fn new(title: String, blocks: Vec<Block>) -> Self {
        Self {
            title,
            blocks,
            onwards: None,
        }
    }

    pub(super) fn response(self, visit: &Visit, status: StatusCode) -> Response {
        let html = Html {
            language: visit.texts.tag(),
            csrf: visit.csrf(),
            places: places(visit),
            tongues: tongues(visit),
            around: visit.say("portal_nav"),
            sign_out: visit.session.as_ref().map(|_| visit.say("portal_sign_out")),
            page: &self,
        };
        page(status, html.render())
    }
}

#[derive(Template)]
#[template(path = "portal/page.html")]
struct Html<'a> {
    language: &'static str,
    csrf: String,
    places: Vec<Place>,
    tongues: Vec<Place>,
    around: String,
    sign_out: Option<String>,
    page: &'a Page,
}

/// A link around the page.
struct Place {
    label: String,
    url: String,
    /// `aria-current`, where it leads here.
    is_here: bool,
    language: &'static str,
}

/// Where somebody who is signed in can go.
fn places(visit: &Visit) -> Vec<Place> {
    const PLACES: [(&str, &str); 8] = [
        ("portal_account_title", "/portal"),
        ("portal_devices_title", "/portal/devices"),
        ("portal_factors_title", "/portal/two-factor"),
        ("portal_providers_title", "/portal/providers"),
        ("portal_waiting_title", "/portal/waiting"),
        ("portal_undo_title", "/portal/undo"),
        ("timeline_title", "/portal/timeline"),
        ("portal_data_title", "/portal/data"),
    ];
    if visit.session.is_none() {
        return Vec::new();
    }
    let place = |(key, url): &(&str, &str)| Place {
        label: visit.say(key),
        url: (*url).into(),
        is_here: visit.path == *url,
        language: visit.texts.tag(),
    };
    PLACES.iter().map(place).collect()
}

/// The same page in each language.
fn tongues(visit: &Visit) -> Vec<Place> {
    let here = visit.texts.tag();
    [("en", "English"), ("sv", "Svenska")]
        .map(|(tag, label)| Place {
            label: label.into(),
            url: format!("{}?lang={tag}", visit.path),
            is_here: tag == here,
            language: tag,
        })
        .into()
}
