//! Claims about the rules.

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::*;

mod accounts;
mod evidence;
mod others;
mod people;
mod refused;
mod shapes;
mod unvouched;
mod vouched;

/// A page with one form that is controls and a button.
fn page(heading: &str, controls: Vec<Control>, button: &str) -> Page {
    let in_form = |(index, control): (usize, Control)| Control {
        place: 10 + 2 * index,
        group: Some(1),
        form: Some(1),
        ..control
    };
    Page {
        groups: vec![group(None, "body"), group(Some(0), "form")],
        controls: controls.into_iter().enumerate().map(in_form).collect(),
        buttons: vec![Button {
            place: 9_000,
            group: Some(1),
            form: Some(1),
            submits: true,
            text: button.into(),
            ..Button::default()
        }],
        texts: vec![Text {
            place: 1,
            group: Some(0),
            heading: true,
            text: heading.into(),
        }],
        ..Page::default()
    }
}

fn group(parent: Option<usize>, tag: &str) -> Group {
    Group {
        parent,
        tag: tag.into(),
        ..Group::default()
    }
}

fn control(kind: &str, label: &str) -> Control {
    Control {
        kind: kind.into(),
        label: label.into(),
        ..Control::default()
    }
}

type Found = Vec<(Kind, Vec<(Field, Vec<usize>)>)>;

/// The kinds of forms found, each with its fields.
fn found(page: &Page) -> Found {
    let fields = |form: Form| {
        let fields = form.fields.into_iter();
        let mut fields: Vec<_> = fields.map(|of| (of.field, of.controls)).collect();
        fields.sort();
        (form.kind, fields)
    };
    understand(&Lexicon::new(), page)
        .into_iter()
        .map(fields)
        .collect()
}

fn one(field: Field, control: usize) -> (Field, Vec<usize>) {
    (field, vec![control])
}
