//! Claims about what counts as evidence, and its limits.

use super::*;

#[test]
fn autocomplete_beats_labels_and_labels_beat_names() {
    let tokens = Control {
        autocomplete: "postal-code".into(),
        name: "city".into(),
        ..control("text", "Street")
    };
    let label = Control {
        name: "country".into(),
        ..control("text", "Town")
    };
    let name = Control {
        name: "address1".into(),
        ..control("text", "")
    };
    let page = page("Delivery", vec![tokens, label, name], "Save");
    let expected = vec![
        one(Field::Street, 2),
        one(Field::PostalCode, 0),
        one(Field::City, 1),
    ];
    assert_eq!(found(&page), [(Kind::Address, expected)]);
}

#[test]
fn tokens_that_mean_nothing_or_the_wrong_type_are_passed_over() {
    let name = Control {
        autocomplete: "new-password".into(),
        ..control("text", "Email")
    };
    let password = Control {
        autocomplete: "nope".into(),
        ..control("password", "Password")
    };
    let search = Control {
        autocomplete: "username".into(),
        ..control("search", "Flight")
    };
    let page = page("Welcome back", vec![name, password, search], "Sign in");
    let expected = vec![one(Field::Username, 0), one(Field::Password, 1)];
    assert_eq!(found(&page), [(Kind::SignIn, expected)]);
}

#[test]
fn a_hostile_description_is_bounded() {
    let long: String = "Password e-mail ".repeat(65_536);
    let many = (0..10_000).map(|index| Control {
        kind: String::from(if index % 2 == 0 { "password" } else { "text" }),
        label: if index < 4 {
            long.clone()
        } else {
            format!("Card number {index}")
        },
        group: Some(index % 3),
        form: Some(index),
        place: index,
        ..Control::default()
    });
    let page = Page {
        groups: vec![
            group(Some(1), "form"),
            group(Some(2), "div"),
            group(Some(0), "div"),
        ],
        controls: many.collect(),
        buttons: vec![
            Button {
                group: Some(77),
                text: long.clone(),
                ..Button::default()
            };
            2_000
        ],
        texts: vec![
            Text {
                group: Some(2),
                heading: true,
                text: long,
                ..Text::default()
            };
            8
        ],
        ..Page::default()
    };
    let forms = understand(&Lexicon::new(), &page);
    let controls = forms
        .iter()
        .flat_map(|form| form.fields.iter().flat_map(|of| &of.controls));
    assert!(
        controls
            .max()
            .is_none_or(|&control| control < MOST_CONTROLS)
    );
}

#[test]
fn what_has_a_label_is_not_named_by_the_text_before_it() {
    let created = |label: &str| {
        let mut page = page(
            "",
            vec![control("text", label), control("password", "Password")],
            "Go",
        );
        page.title = "Sign in".into();
        page.texts[0] = Text {
            place: 9,
            group: Some(1),
            text: "Postcode".into(),
            ..Text::default()
        };
        found(&page).remove(0).1
    };
    assert_eq!(
        created("Created"),
        vec![one(Field::Username, 0), one(Field::Password, 1)]
    );
    assert_eq!(created(""), vec![one(Field::Password, 1)]);
}
