//! Claims about passwords and what stands beside them.

use super::*;

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

    let two = vec![password("Y"), password("Z")];
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
fn an_account_may_begin_with_an_address_alone_and_a_newsletter_does_not() {
    let mail = || vec![control("email", "E-mail")];
    let expected = vec![one(Field::Username, 0)];
    assert_eq!(
        found(&page("Create an account", mail(), "Next")),
        [(Kind::SignUp, expected)]
    );
    assert!(found(&page("Sign up for news", mail(), "Sign up")).is_empty());
}

#[test]
fn a_user_name_is_not_what_a_sentence_asks_for() {
    let controls = vec![
        control(
            "text",
            "Write the word in capitals so that we know that you mean it",
        ),
        Control {
            autocomplete: "current-password".into(),
            ..control("password", "Password")
        },
    ];
    let expected = vec![one(Field::Password, 1)];
    assert_eq!(
        found(&page("Close the account", controls, "Close")),
        [(Kind::SignIn, expected)]
    );
}

#[test]
fn a_hidden_field_is_called_by_its_name_and_not_by_the_text_before_it() {
    let name = Control {
        hidden: Some(Hidden::Type),
        filled: true,
        name: "user".into(),
        ..control("hidden", "")
    };
    let mut page = page("", vec![name, control("password", "Password")], "Go");
    page.texts.push(Text {
        place: 5,
        group: Some(1),
        text: "Your card expires".into(),
        ..Text::default()
    });
    assert_eq!(understand(&Lexicon::new(), &page)[0].reads[0].controls, [0]);
}

#[test]
fn a_name_that_a_page_put_away_is_read_and_a_trap_is_not() {
    let read = |name: &str, filled: bool| {
        let away = Control {
            hidden: Some(Hidden::OffScreen),
            unreachable: true,
            name: name.into(),
            filled,
            ..control("text", "")
        };
        let controls = vec![away, control("password", "Password")];
        understand(&Lexicon::new(), &page("Sign in", controls, "Sign in"))[0]
            .reads
            .len()
    };
    assert_eq!(read("loginfmt", true), 1);
    assert_eq!(read("loginfmt", false), 0);
    assert_eq!(read("honeypot", true), 0);
}

#[test]
fn of_two_buttons_that_send_a_form_the_one_called_back_is_not_it() {
    let mut page = page("Sign in", vec![control("password", "Password")], "Continue");
    let back = Button {
        place: 8_000,
        name: "back".into(),
        text: "Other".into(),
        ..page.buttons[0].clone()
    };
    page.buttons.push(back);
    assert_eq!(understand(&Lexicon::new(), &page)[0].submit, Some(0));
}
