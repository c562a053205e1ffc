//! What a block asks for of a person: a card, an address, who somebody is.

use alloc::vec::Vec;

use super::block::Block;
use super::form::{Field, Filling, Form, Kind};
use super::goal::Goals;
use super::person::Known;
use super::sense::Seen;
use super::vouch::things;
use super::words::List;

/// The card that a block asks for.
pub(super) fn card(block: &Block<'_>, people: &[Known], goals: &Goals) -> Option<Form> {
    let of_card = |known: &&Known| known.field.is_of_a_card();
    let mut fields: Vec<_> = people.iter().filter(of_card).map(Known::filling).collect();
    if fields.is_empty() || !is_a_card(block, &fields, goals) {
        return None;
    }
    let others: Vec<_> = people.iter().filter(|known| !of_card(known)).collect();
    let has_holder = fields
        .iter()
        .any(|filling| filling.field == Field::CardHolder);
    if let [only] = others.as_slice() {
        let controls = only.controls.clone();
        if only.field == Field::PostalCode {
            fields.push(only.filling());
        } else if only.field == Field::Name && !has_holder && fields.len() > 1 {
            let field = Field::CardHolder;
            fields.push(Filling { field, controls });
        }
    }
    Some(of(block, Kind::Card, fields))
}

/// Whether fields that may be a card's are one: two of them, of which one is no other thing's; one alone
/// where it is all of a frame, or where its token says so.
fn is_a_card(block: &Block<'_>, fields: &[Filling], goals: &Goals) -> bool {
    let has = |wanted: &[Field]| fields.iter().any(|of| wanted.contains(&of.field));
    if fields.len() > 1 {
        return has(&[Field::CardNumber, Field::CardCode, Field::CardHolder]);
    }
    let is_frame = block.open().count() == 1;
    let has_token = block
        .open()
        .any(|seen| seen.token.is_some_and(Field::is_of_a_card));
    if !has(&[Field::CardCode]) {
        return is_frame || has_token;
    }
    let is_short = |seen: &Seen<'_>| matches!(seen.control.max_length, Some(3..=4));
    let is_code = |seen: &Seen<'_>| seen.is(Field::CardCode) && is_short(seen);
    let is_known = |seen: &Seen<'_>| seen.field().is_some();
    let known: Vec<_> = block.open().filter(|seen| is_known(seen)).collect();
    let is_code_alone = matches!(known.as_slice(), [only] if is_code(only));
    !goals.around.code && (is_frame || has_token || is_code_alone)
}

/// The address that a block asks for, with whose it is.
pub(super) fn address(
    block: &Block<'_>,
    people: &[Known],
    is_guest: bool,
    card: Option<&Form>,
) -> Option<Form> {
    let fields = rest(people, card);
    let has = |wanted: &[Field]| fields.iter().any(|filling| wanted.contains(&filling.field));
    // A street and a house alone are where something happened.
    let is_more = |filling: &Filling| {
        !matches!(
            filling.field,
            Field::Street | Field::HouseNumber | Field::Street2
        )
    };
    let is_place = has(&[Field::Street, Field::PostalCode]) && fields.iter().any(is_more);
    let is_place = is_place && fields.len() > 1;
    let is_guest = is_guest && has(&[Field::Email]) && things(block) == 0;
    (is_place || is_guest).then(|| of(block, Kind::Address, fields))
}

/// Who somebody is.
pub(super) fn identity(block: &Block<'_>, people: &[Known], card: Option<&Form>) -> Option<Form> {
    let fields = rest(people, card);
    let is_person = |filling: &Filling| {
        let numbers = [
            Field::NationalId,
            Field::PassportNumber,
            Field::LicenseNumber,
        ];
        filling.field.is_a_name() || numbers.contains(&filling.field)
    };
    // A name and an address of mail, or a town, are what newsletters and guest books ask for.
    let is_little = |filling: &Filling| {
        matches!(
            filling.field,
            Field::Name
                | Field::GivenName
                | Field::Email
                | Field::City
                | Field::Region
                | Field::Country
        )
    };
    let has_message = block
        .open()
        .any(|seen| seen.control.kind == "textarea" && seen.says(List::Messages));
    let is_little = fields.len() < 3 && fields.iter().all(is_little) && card.is_none();
    let is_little = is_little && !has_message;
    let is_identity = fields.len() > 1 && fields.iter().any(is_person) && !is_little;
    is_identity.then(|| of(block, Kind::Identity, fields))
}

/// What isn't of the card, and a person's own.
fn rest(people: &[Known], card: Option<&Form>) -> Vec<Filling> {
    let is_taken = |known: &Known| {
        card.is_some_and(|card| {
            card.fields
                .iter()
                .any(|filling| filling.controls == known.controls)
        })
    };
    let is_rest = |known: &&Known| {
        (known.field.is_of_a_person() || known.field.is_of_a_place()) && !is_taken(known)
    };
    people.iter().filter(is_rest).map(Known::filling).collect()
}

fn of(block: &Block<'_>, kind: Kind, fields: Vec<Filling>) -> Form {
    Form {
        kind,
        fields,
        reads: Vec::new(),
        submit: block.submit,
    }
}
