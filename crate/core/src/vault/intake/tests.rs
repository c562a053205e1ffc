use super::*;
use crate::site::Rule;
use crate::vault::fixture::{file, item, passkey};
use crate::vault::item::FieldKind;

const KNOWN: ItemId = ItemId([1; 16]);

fn fates(known: &Item, coming: &[Item]) -> Vec<Fate> {
    let mut intake = Intake::of([(KNOWN, known)].into_iter());
    coming.iter().map(|item| intake.next(item)).collect()
}

fn bare() -> Item {
    Item::new(Kind::Login)
        .named("Bank of mine")
        .with(Field::Username, "åsa@example.com")
        .with(Field::Password, "correct horse")
        .with_url("https://www.bank.example/login")
}

#[test]
fn a_login_is_new_the_same_or_another_version() {
    let coming = [
        bare(),
        bare().with(Field::Password, "other"),
        bare().with(Field::Password, "third"),
        bare().with(Field::Username, "bo"),
    ];
    let expected = [Fate::Same, Fate::Changed(KNOWN), Fate::New, Fate::New];
    assert_eq!(fates(&item(), &coming), expected);
}

#[test]
fn whatever_the_vault_lacks_makes_another_version() {
    for coming in [
        bare().with(Field::Totp, "JBSWY3DP"),
        bare().with(Field::Notes, "other"),
        bare().with_url("https://bank.other.example/"),
        bare().tagged("money"),
        bare().in_folder("Home"),
        remembering("older"),
        bare().with_passkey(passkey()),
        bare().with_custom(CustomField::new(FieldKind::Text, "PIN", "0000")),
    ] {
        assert_eq!(fates(&item(), &[coming]), [Fate::Changed(KNOWN)]);
    }
    for known in [
        bare().with_custom(CustomField::new(FieldKind::Hidden, "PIN", "4821")),
        bare().with(Field::Password, ""),
        remembering("correct horse"),
    ] {
        assert_eq!(fates(&item(), &[known]), [Fate::Same]);
    }
}

#[test]
fn a_rule_that_came_is_another_version_and_one_that_is_here_is_never_widened() {
    let ruled = |rule| {
        let mut login = bare();
        login.urls[0].rule = rule;
        login
    };
    assert_eq!(fates(&bare(), &[ruled(Rule::Host)]), [Fate::Changed(KNOWN)]);
    let version = new_version(&bare(), &ruled(Rule::Host), (BatchId([7; 16]), 300));
    assert!(version.urls == ruled(Rule::Host).urls);
    for coming in [bare(), bare().with_url("https://www.bank.example/other")] {
        assert_eq!(fates(&ruled(Rule::Never), &[coming]), [Fate::Same]);
    }
}

/// The password was another one before.
fn remembering(password: &str) -> Item {
    let mut item = bare();
    item.history.push(Past {
        part: Part::Field(Field::Password),
        value: password.into(),
        until: 50,
    });
    item
}

#[test]
fn what_came_before_in_the_same_file_is_here() {
    let note = |text| Item::new(Kind::Note).named("n").with(Field::Notes, text);
    let coming = [note("a"), note("a"), note("b")];
    assert_eq!(fates(&item(), &coming), [Fate::New, Fate::Same, Fate::New]);
}

#[test]
fn what_lies_in_the_trash_does_not_come_a_second_time() {
    let since = 300;
    let trashed = item().moved(Shelf::Trashed { since }, since);
    let there = Fate::Trashed(KNOWN);
    assert_eq!(fates(&trashed, &[item(), item()]), [there, Fate::Same]);
    assert_eq!(fates(&trashed, &[bare()]), [there], "all of it is there");
    // Nor is what lies in both trashes taken out of one.
    assert_eq!(fates(&trashed, &[trashed.copy()]), [Fate::Same]);
    let other = bare().with(Field::Password, "other");
    assert_eq!(
        fates(&trashed, &[other]),
        [Fate::New],
        "that says otherwise"
    );
}

#[test]
fn a_file_is_known_by_its_name_and_bytes_wherever_it_lies() {
    let with = |id, name: &str, sha256| {
        let mut known = bare();
        let mut file = file();
        (file.id, file.sha256) = (FileId([id; 16]), Hash([sha256; 32]));
        file.name = name.into();
        known.files.put(file);
        known
    };
    let known = with(1, "pass.pdf", 1);
    assert_eq!(fates(&known, &[with(2, "pass.pdf", 1)]), [Fate::Same]);
    for other in [with(1, "pass.pdf", 2), with(1, "other.pdf", 1)] {
        assert_eq!(fates(&known, &[other.copy()]), [Fate::Changed(KNOWN)]);
    }
    let note = |id| {
        let mut note = Item::new(Kind::Note).named("n");
        note.files = with(id, "pass.pdf", 1).files.copied(FileRef::copy);
        note
    };
    assert_eq!(fates(&note(1), &[note(2)]), [Fate::Same]);
    let mut untyped = note(2);
    let nameless = |file: &FileRef| {
        let mut file = file.copy();
        file.media_type.clear();
        file
    };
    untyped.files = note(2).files.iter().map(nameless).collect();
    assert_eq!(fates(&note(1), &[untyped]), [Fate::Same]);
    let came = with(2, "other.pdf", 2);
    let version = new_version(&known, &came, (BatchId([7; 16]), 300));
    assert_eq!(version.files.len(), 2);
    let again = new_version(&version, &with(3, "other.pdf", 2), (BatchId([7; 16]), 300));
    assert_eq!(again.files.len(), 2);
}

#[test]
fn the_letters_of_an_item_are_all_that_it_says() {
    let moved = item().moved(Shelf::Archived { since: 300 }, 300);
    assert_eq!(letters(&moved), letters(&item()));
    for other in [
        item().named("other"),
        item().tagged("other"),
        item().in_folder("other"),
        item().with_passkey(passkey()),
    ] {
        assert_ne!(letters(&other), letters(&item()));
    }
}

#[test]
fn a_new_version_takes_all_that_came_and_remembers_what_it_replaced() {
    let coming = remembering("older")
        .with(Field::Password, "other")
        .with(Field::Totp, "JBSWY3DP")
        .with_url("https://bank.other.example/")
        .tagged("money")
        .in_folder("Home")
        .with_passkey(passkey());
    let batch = BatchId([7; 16]);
    let version = new_version(&item(), &coming, (batch, 300));
    assert_eq!(version.value(Field::Password), "other");
    assert_eq!(version.value(Field::Totp), "JBSWY3DP");
    assert_eq!(version.value(Field::Notes), "Call first");
    assert_eq!((version.name.as_str(), version.passkeys.len()), ("Bank", 1));
    assert_eq!(version.batch, Some(batch));
    assert_eq!((version.urls.len(), version.tags.len()), (2, 1));
    assert_eq!(version.folder, "Home");
    let passwords = version.history.iter();
    let passwords = passwords.filter(|past| past.part == Part::Field(Field::Password));
    let passwords: Vec<&str> = passwords.map(|past| past.value.as_str()).collect();
    assert_eq!(passwords, ["correct horse", "older"]);
}
