//! Claims about people, places, cards and codes.

use super::*;

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
fn a_card_is_more_than_one_word_or_date() {
    let alone = |label: &str| {
        let controls = vec![control("text", label), control("text", "Something")];
        found(&page("Travel", controls, "Go on"))
    };
    for label in ["Card number", "Valid to", "Name of the cardholder"] {
        assert!(alone(label).is_empty(), "{label}");
    }
    let dates = |placeholder: &str| {
        let date = |label: &str| Control {
            placeholder: placeholder.into(),
            ..control("text", label)
        };
        let controls = vec![date("One"), date("Two"), control("text", "Security code")];
        found(&page("Travel", controls, "Go on"))
    };
    assert!(dates("dd/mm/yyyy").iter().all(|of| of.1.len() < 2));
    assert_eq!(dates("mm/yyyy")[0].1.len(), 3);
}

#[test]
fn what_heads_a_part_does_not_head_the_whole() {
    let controls = vec![
        control("text", "Gift card number"),
        control("text", "Card number"),
        control("text", "Security code"),
    ];
    let mut page = page("Payment", controls, "Pay");
    page.groups.push(group(Some(1), "section"));
    page.controls[0].group = Some(2);
    page.texts.push(Text {
        place: 9,
        group: Some(2),
        heading: true,
        text: "Gift card".into(),
    });
    let expected = vec![one(Field::CardNumber, 1), one(Field::CardCode, 2)];
    assert_eq!(found(&page), [(Kind::Card, expected)]);
}

#[test]
fn of_several_names_the_persons_is_taken() {
    let controls = vec![
        control("text", "First name"),
        control("text", "First name"),
        control("text", "Last name"),
        control("text", "Name"),
        control("email", "E-mail"),
    ];
    let expected = vec![
        one(Field::GivenName, 1),
        one(Field::FamilyName, 2),
        one(Field::Email, 4),
    ];
    assert_eq!(
        found(&page("Tickets", controls, "Go on")),
        [(Kind::Identity, expected)]
    );
}

#[test]
fn a_month_alone_is_not_of_a_birth() {
    let with = |labels: &[&str]| {
        let names = ["First name", "Last name", "E-mail"].iter().chain(labels);
        let controls = names.map(|label| control("text", label)).collect();
        found(&page("Tell us", controls, "Send")).remove(0).1.len()
    };
    assert_eq!(with(&["Month"]), 3);
    assert_eq!(with(&["Day", "Month", "Year"]), 6);
}

#[test]
fn who_is_looked_for_by_a_year_of_birth_is_anybody() {
    let search = |label: &str| {
        let names = ["First name", "Last name", label];
        let controls = names.map(|label| control("text", label)).into();
        found(&page("Archive", controls, "Find")).len()
    };
    assert_eq!(search("Date of birth"), 1);
    assert_eq!(search("Year of birth"), 0);
}

#[test]
fn a_name_as_in_a_passport_is_no_cards() {
    let labels = [
        "First name as shown on passport",
        "Passport number",
        "Expiry date",
    ];
    let controls = labels.map(|label| control("text", label)).into();
    let kinds: Vec<_> = found(&page("Traveller", controls, "Go on"))
        .into_iter()
        .map(|of| of.0)
        .collect();
    assert_eq!(kinds, [Kind::Identity]);
}

#[test]
fn a_label_that_says_more_than_its_control_takes_says_the_rest() {
    let part = |label: &str| control("select", label);
    let controls = vec![
        control("text", "First name"),
        control("text", "Last name"),
        part("Day of birth"),
        part("Month of birth"),
    ];
    let fields = found(&page("Traveller", controls, "Go on")).remove(0).1;
    assert!(fields.contains(&one(Field::BirthDay, 2)), "{fields:?}");
    assert!(fields.contains(&one(Field::BirthMonth, 3)), "{fields:?}");
}

#[test]
fn a_text_that_speaks_of_a_code_and_of_sending_asks_for_one() {
    let code = |text: &str| {
        let mut page = page("Hello", vec![control("text", "Code")], "Go on");
        page.texts.push(Text {
            place: 2,
            group: Some(0),
            text: text.into(),
            ..Text::default()
        });
        found(&page).len()
    };
    assert_eq!(code("Type the code that was mailed"), 1);
    assert_eq!(code("Type the code"), 0);
    assert_eq!(code("The ticket was mailed"), 0);
}

#[test]
fn a_code_that_there_is_and_a_new_one_are_two() {
    let short = |label: &str| Control {
        max_length: Some(3),
        ..control("text", label)
    };
    let parts = |labels: [&str; 2]| {
        let controls = labels.map(short).into();
        found(&page("Enter the code we texted you", controls, "Go on")).len()
    };
    assert_eq!(parts(["", ""]), 1);
    assert_eq!(parts(["Current", "New"]), 0);
}

#[test]
fn a_name_after_a_code_does_not_sign_in_with_it() {
    let kind = |labels: [&str; 2]| {
        let controls = labels.map(|label| control("text", label)).into();
        found(&page("Sign in", controls, "Sign in"))[0].0
    };
    assert_eq!(kind(["User name", "One-time code"]), Kind::SignIn);
    assert_eq!(kind(["One-time code", "User name"]), Kind::OneTimeCode);
}

#[test]
fn a_number_is_a_houses_beside_a_street_and_a_pin_a_places_beside_a_town() {
    let fields = |labels: [&str; 4]| {
        let controls = labels.map(|label| control("text", label)).into();
        found(&page("Delivery", controls, "Go on")).remove(0).1
    };
    let of = fields(["Street", "N°", "Pincode", "Town"]);
    assert!(of.contains(&one(Field::HouseNumber, 1)), "{of:?}");
    assert!(of.contains(&one(Field::PostalCode, 2)), "{of:?}");
    let of = fields(["First name", "N°", "Pincode", "Last name"]);
    assert_eq!(of.len(), 2, "{of:?}");
}
