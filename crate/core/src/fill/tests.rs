//! Claims about the rules.

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};

use super::*;

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

#[test]
fn a_sign_in_is_a_name_and_a_password() {
    let page = page(
        "Logga in",
        vec![control("text", "E-post"), control("password", "Lösenord")],
        "Logga in",
    );
    let expected = vec![one(Field::Username, 0), one(Field::Password, 1)];
    assert_eq!(found(&page), [(Kind::SignIn, expected)]);
    assert_eq!(understand(&Lexicon::new(), &page)[0].submit, Some(0));
}

#[test]
fn what_a_person_does_not_see_is_never_filled() {
    for hidden in [
        Hidden::Type,
        Hidden::Style,
        Hidden::Size,
        Hidden::Opacity,
        Hidden::OffScreen,
        Hidden::Clipped,
        Hidden::AriaHidden,
        Hidden::Covered,
    ] {
        let trap = |kind: &str, label: &str, autocomplete: &str| Control {
            hidden: Some(hidden),
            autocomplete: autocomplete.into(),
            ..control(kind, label)
        };
        let controls = vec![
            trap("email", "E-mail", "username"),
            trap("password", "Password", "current-password"),
            control("text", "User name"),
            control("password", "Password"),
        ];
        let expected = vec![one(Field::Username, 2), one(Field::Password, 3)];
        let page = page("Sign in", controls, "Sign in");
        assert_eq!(found(&page), [(Kind::SignIn, expected)], "{hidden:?}");
    }
}

#[test]
fn what_takes_no_typing_is_never_filled_and_its_name_is_read() {
    for access in [Access::ReadOnly, Access::Disabled] {
        let name = Control {
            access,
            filled: true,
            ..control("email", "E-mail")
        };
        let page = page("Hello", vec![name, control("password", "Password")], "Go");
        let forms = understand(&Lexicon::new(), &page);
        assert_eq!(
            found(&page),
            [(Kind::SignIn, vec![one(Field::Password, 1)])]
        );
        assert_eq!(forms[0].reads[0].controls, [0]);
    }
}

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
fn a_search_named_like_a_login_is_nothing() {
    let filter = Control {
        name: "login".into(),
        placeholder: "Search users".into(),
        ..control("text", "Login")
    };
    assert!(found(&page("Sign in", vec![filter], "Search")).is_empty());
}

#[test]
fn newsletters_comments_and_vouchers_are_nothing() {
    let mail = || control("email", "E-mail");
    for (heading, controls, button) in [
        ("Our newsletter", vec![mail()], "Sign up"),
        ("Lentil soup", vec![mail()], "Anmelden"),
        (
            "Leave a reply",
            vec![control("text", "Name"), mail()],
            "Post comment",
        ),
        (
            "10 % off",
            vec![control("text", "First name"), mail()],
            "Yes, please",
        ),
        ("Basket", vec![control("text", "Voucher code")], "Apply"),
    ] {
        let page = page(heading, controls, button);
        assert!(found(&page).is_empty(), "{heading}");
    }
}

#[test]
fn a_secret_that_is_no_login_is_never_filled() {
    for label in [
        "Answer",
        "Wireless key",
        "SMTP password",
        "Last 4 of your card",
    ] {
        let page = page("Settings", vec![control("password", label)], "Continue");
        assert!(found(&page).is_empty(), "{label}");
    }
    let letters = || Control {
        max_length: Some(1),
        ..control("password", "")
    };
    let page = page("Hasło", vec![letters(), letters(), letters()], "Zaloguj");
    assert!(found(&page).is_empty());
}

#[test]
fn passwords_tell_signing_up_from_changing() {
    let password = |label: &str| control("password", label);
    let three = vec![password("Old"), password("New"), password("New again")];
    let page_of_three = page("Profile", three, "Save");
    let expected = vec![
        one(Field::NewPassword, 1),
        one(Field::ConfirmPassword, 2),
        one(Field::CurrentPassword, 0),
    ];
    assert_eq!(found(&page_of_three), [(Kind::ChangePassword, expected)]);

    let two = vec![control("text", "X"), password("Y"), password("Z")];
    let kinds: Vec<_> = found(&page("", two, ""))
        .into_iter()
        .map(|of| of.0)
        .collect();
    assert_eq!(kinds, [Kind::ChangePassword]);
    let two = vec![control("email", "X"), password("Y"), password("Z")];
    let kinds: Vec<_> = found(&page("", two, ""))
        .into_iter()
        .map(|of| of.0)
        .collect();
    assert_eq!(kinds, [Kind::SignUp]);
}

#[test]
fn a_code_in_boxes_is_one_value() {
    let figure = || Control {
        max_length: Some(1),
        ..control("tel", "")
    };
    let boxes = vec![figure(), figure(), figure(), figure()];
    let page = page("Enter the code we texted you", boxes, "Verify");
    let expected = vec![(Field::OneTimeCode, vec![0, 1, 2, 3])];
    assert_eq!(found(&page), [(Kind::OneTimeCode, expected)]);
}

#[test]
fn a_password_without_a_form_finds_its_name_beside_its_box() {
    let at = |place: usize, group: usize, control: Control| Control {
        place,
        group: Some(group),
        ..control
    };
    let button = |place: usize, group: usize, text: &str| Button {
        place,
        group: Some(group),
        text: text.into(),
        ..Button::default()
    };
    let page = Page {
        groups: vec![
            group(None, "body"),
            group(Some(0), "div"),
            group(Some(1), "div"),
        ],
        controls: vec![
            at(2, 1, control("text", "User name")),
            at(4, 2, control("password", "Password")),
        ],
        buttons: vec![button(5, 2, "👁 peek"), button(8, 1, "Enter")],
        ..Page::default()
    };
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
fn a_contact_form_is_somebody_and_two_fields_alone_are_nobody() {
    let name = || control("text", "Name");
    let mail = || control("email", "E-mail");
    let contact = vec![name(), mail(), control("textarea", "Message")];
    let expected = vec![one(Field::Name, 0), one(Field::Email, 1)];
    assert_eq!(
        found(&page("Write to us", contact, "Send")),
        [(Kind::Identity, expected)]
    );
    assert!(found(&page("Hello", vec![name(), mail()], "Yes")).is_empty());
}

#[test]
fn a_user_of_a_client_has_both() {
    let controls = vec![
        control("text", "Account ID"),
        control("text", "User name"),
        control("password", "Password"),
    ];
    let expected = vec![
        one(Field::Username, 1),
        one(Field::Password, 2),
        one(Field::Organization, 0),
    ];
    assert_eq!(
        found(&page("Sign in", controls, "Sign in")),
        [(Kind::SignIn, expected)]
    );
}
