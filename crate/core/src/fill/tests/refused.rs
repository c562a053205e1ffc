//! Claims about what is never filled.

use super::*;

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
fn what_the_keyboard_does_not_come_to_is_never_filled() {
    let city = Control {
        unreachable: true,
        ..control("text", "City")
    };
    let told = Control {
        autocomplete: "address-level2".into(),
        ..city.clone()
    };
    let with = |city: Control| {
        let controls = vec![control("text", "Street"), control("text", "Postcode"), city];
        found(&page("Delivery", controls, "Save"))[0].1.len()
    };
    assert_eq!(with(city), 2);
    assert_eq!(with(told), 3);
}

#[test]
fn searches_and_heads_of_tables_are_never_filled() {
    for tag in ["search", "thead"] {
        let controls = vec![
            control("text", "First name"),
            control("text", "Last name"),
            control("email", "E-mail"),
        ];
        let mut page = page("People", controls, "Show");
        assert_eq!(found(&page).len(), 1);
        page.groups[1].tag = tag.into();
        assert!(found(&page).is_empty(), "{tag}");
    }
    let controls = vec![
        control("text", "First name"),
        control("text", "Last name"),
        control("email", "E-mail"),
    ];
    assert!(found(&page("People", controls, "Find")).is_empty());
}

#[test]
fn a_secret_among_fields_that_have_nothing_to_do_with_one_is_a_login_only_by_its_token() {
    let controls = |secret: Control| {
        vec![
            control("text", "Account number"),
            control("text", "Amount"),
            secret,
        ]
    };
    for label in ["Your figures", "Password"] {
        let controls = controls(control("password", label));
        assert!(found(&page("Pay", controls, "Pay")).is_empty(), "{label}");
    }
    let asked_again = Control {
        autocomplete: "current-password".into(),
        ..control("password", "Password")
    };
    assert_eq!(found(&page("Pay", controls(asked_again), "Pay")).len(), 1);
}

#[test]
fn the_title_of_a_page_where_somebody_signs_in_speaks_of_that_alone() {
    let mut page = page("", vec![control("tel", "Phone number")], "Continue");
    page.title = "Sign in".into();
    assert_eq!(found(&page).len(), 1);
    page.controls.push(Control {
        place: 10_000,
        group: Some(0),
        ..control("password", "Password")
    });
    let kinds: Vec<_> = found(&page).into_iter().map(|of| of.0).collect();
    assert!(!kinds.contains(&Kind::UserNameStep), "{kinds:?}");
}

#[test]
fn codes_of_countries_and_hours_of_the_world_are_never_chosen() {
    let choices = |choices: [&str; 3], label: &str| Control {
        choices: choices.map(String::from).into(),
        ..control("select", label)
    };
    let controls = vec![
        control("text", "Name"),
        control("text", "Street"),
        control("text", "City"),
        choices(["Sweden +46", "Norway +47", "Spain +34"], "Country"),
    ];
    let fields = found(&page("Delivery", controls, "Save")).remove(0).1;
    assert!(fields.iter().all(|of| of.0 != Field::Country), "{fields:?}");
}
