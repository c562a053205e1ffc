//! What reading a Chrome password CSV promises.

#![expect(clippy::expect_used, reason = "a test says what it expects")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use sigill_core::vault::item::{Field, Item, bundle};
use sigill_transfer::border::Handed;
use sigill_transfer::entry::{Parsed, Reason, RowError};
use sigill_transfer::fault::FileError;
use sigill_transfer::format::Format;
use sigill_transfer::limit::{LARGEST_FILE, LONGEST_FIELD};
use sigill_transfer::read::{self, Asked};

const HEADER: &str = "name,url,username,password,note\n";
const GOOD: &str = "Bank,https://bank.example/,anna,hunter2,\n";

fn chrome(bytes: &[u8]) -> Result<Parsed, FileError> {
    let asked = Asked {
        format: Some(Format::Chromium),
        password: None,
        key_file: None,
        columns: &[],
        now: 0,
    };
    read::read(bytes, asked)
}

fn at(line: u32, reason: Reason) -> RowError {
    let file = String::new();
    RowError { file, line, reason }
}

fn read(text: &str) -> Parsed {
    chrome(text.as_bytes()).expect("a readable file")
}

fn refused(bytes: &[u8]) -> FileError {
    chrome(bytes).err().expect("a refused file")
}

fn rows(rows: &[&str]) -> Parsed {
    read(&format!("{HEADER}{}", rows.concat()))
}

fn fields(item: &Item) -> (&str, &str, &str, &str, &str) {
    let url = item.urls.first().map_or("", |url| &url.text);
    (
        &item.name,
        url,
        item.value(Field::Username),
        item.value(Field::Password),
        item.value(Field::Notes),
    )
}

fn names(parsed: &Parsed) -> Vec<&str> {
    parsed
        .items
        .iter()
        .map(|entry| entry.name.as_str())
        .collect()
}

fn only_error(parsed: &Parsed, line: u32, reason: Reason) {
    assert_eq!(parsed.errors, [at(line, reason)]);
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("\u{FEFF}{text}");
    marked.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn a_row_is_read_to_the_letter() {
    let parsed =
        rows(&["Å bank,https://bank.example/login, anna ,\" a\"\"b,\r\nc \",\"två\nrader\"\n"]);
    assert!(parsed.errors.is_empty());
    let entry = parsed.items.first().expect("an entry");
    assert_eq!(
        fields(entry),
        (
            "Å bank",
            "https://bank.example/login",
            " anna ",
            " a\"b,\r\nc ",
            "två\nrader"
        )
    );
}

#[test]
fn what_was_read_is_handed_on_to_the_letter() {
    let parsed = rows(&[GOOD, "broken\n", GOOD]);
    let handed = Handed::of(
        Format::Chromium,
        read(&format!("{HEADER}{GOOD}broken\n{GOOD}")),
    );
    let bytes = STANDARD.decode(&handed.bundle).expect("base64");
    let items = bundle::from_bytes(&bytes).expect("a bundle");
    assert!(items == parsed.items);
    assert_eq!(handed.errors, parsed.errors);
}

#[test]
fn the_older_file_without_notes_is_read() {
    let parsed = read("name,url,username,password\nBank,https://bank.example/,anna,hunter2\n");
    assert_eq!(names(&parsed), ["Bank"]);
}

#[test]
fn columns_are_found_by_name_in_any_order_and_case() {
    let parsed = read(
        "Note,Kund,PASSWORD,userName, url ,Name,Folder,OTP\nn,x,p,u,https://a.example,A,Home,jbsw y3dp\n",
    );
    let entry = parsed.items.first().expect("an entry");
    assert_eq!(fields(entry), ("A", "https://a.example", "u", "p", "n"));
    let [own] = entry.fields.as_slice() else {
        panic!("a column that is not known is a field of its own");
    };
    assert_eq!((own.label.as_str(), own.value.as_str()), ("Kund", "x"));
    let placed = (entry.folder.as_str(), entry.value(Field::Totp));
    assert_eq!(placed, ("Home", "JBSWY3DP"));
}

#[test]
fn semicolons_and_tabs_are_read() {
    for delimiter in [";", "\t"] {
        let parsed = read(&format!("{HEADER}{GOOD}").replace(',', delimiter));
        assert_eq!(names(&parsed), ["Bank"]);
    }
}

#[test]
fn both_line_endings_and_a_missing_last_one_are_read() {
    let text = format!("{HEADER}{GOOD}\n{GOOD}");
    assert_eq!(read(&text).items.len(), 2);
    assert_eq!(read(&text.replace('\n', "\r\n")).items.len(), 2);
    assert_eq!(read(text.trim_end()).items.len(), 2);
}

#[test]
fn utf_8_and_utf_16_with_a_mark_are_read() {
    let text = format!("{HEADER}Föreningen,https://f.example/,åsa,lösen🔑,\n");
    let marked = format!("\u{FEFF}{text}").into_bytes();
    for bytes in [
        marked,
        utf_16(&text, u16::to_le_bytes),
        utf_16(&text, u16::to_be_bytes),
    ] {
        let parsed = chrome(&bytes).expect("readable");
        let entry = parsed.items.first().expect("an entry");
        assert_eq!(
            (entry.name.as_str(), entry.value(Field::Password)),
            ("Föreningen", "lösen🔑")
        );
    }
}

#[test]
fn utf_16_without_a_mark_or_cut_short_is_refused() {
    let little = utf_16(HEADER, u16::to_le_bytes);
    let (_, unmarked) = little.split_at(2);
    assert_eq!(refused(unmarked), FileError::Encoding);
    let (cut, _) = little.split_at(little.len() - 1);
    assert_eq!(refused(cut), FileError::Encoding);
}

#[test]
fn a_row_in_another_encoding_costs_that_row_only() {
    let mut bytes = format!("{HEADER}{GOOD}").into_bytes();
    bytes.extend_from_slice(b"F\xF6rening,https://f.example/,u,p,\n");
    bytes.extend_from_slice(GOOD.as_bytes());
    let parsed = chrome(&bytes).expect("readable");
    assert_eq!(names(&parsed), ["Bank", "Bank"]);
    only_error(&parsed, 3, Reason::Encoding);
}

#[test]
fn android_apps_keep_their_address_and_get_a_name() {
    let url = "android://c2VjcmV0==@com.example.app/";
    let parsed = rows(&[&format!(",{url},anna,p,\n")]);
    let entry = parsed.items.first().expect("an entry");
    assert_eq!(fields(entry), ("com.example.app", url, "anna", "p", ""));
}

#[test]
fn an_entry_without_a_name_is_called_by_its_host_else_its_user() {
    let parsed = rows(&[",https://u@bank.example:8443/x,,p,\n", ",,anna,p,\n"]);
    assert_eq!(names(&parsed), ["bank.example", "anna"]);
}

#[test]
fn rows_of_nothing_but_delimiters_are_passed_over() {
    let parsed = rows(&[GOOD, ",,,,\n", ",\n", GOOD, "  ,,,,\n"]);
    assert!(parsed.errors.is_empty());
    assert_eq!(parsed.items.len(), 2);
}

#[test]
fn rows_without_a_password_or_any_name_are_named_by_line() {
    let parsed = rows(&[GOOD, "A,https://a.example,u,,\n", ",,,p,\n", GOOD]);
    let expected = [(3, Reason::NoPassword), (4, Reason::NoName)];
    assert_eq!(
        parsed.errors,
        expected.map(|(line, reason)| at(line, reason))
    );
    assert_eq!(parsed.items.len(), 2);
}

#[test]
fn lines_are_counted_over_empty_lines_and_line_breaks_in_fields() {
    let parsed = rows(&[
        "\r\n\r\n",
        "A,,u,p,\"one\r\ntwo\"\r\n",
        "\r\n",
        "B,,u,,\r\n",
    ]);
    only_error(&parsed, 7, Reason::NoPassword);
}

#[test]
fn a_row_with_too_many_or_too_few_fields_costs_that_row_only() {
    let parsed = rows(&["A,b,c\n", GOOD, "A,,u,p,n,more\n", GOOD]);
    assert_eq!(parsed.items.len(), 2);
    let lines: Vec<_> = parsed
        .errors
        .iter()
        .map(|error| (error.line, error.reason))
        .collect();
    assert_eq!(lines, [(2, Reason::Fields), (4, Reason::Fields)]);
}

#[test]
fn a_quote_that_never_closes_costs_that_row_only() {
    let parsed = rows(&[GOOD, "A,,u,\"p,\n", GOOD, GOOD]);
    assert_eq!(parsed.items.len(), 3);
    only_error(&parsed, 3, Reason::Quote);
}

#[test]
fn a_quote_closed_by_a_later_row_costs_that_row_only() {
    let parsed = rows(&["A,,u,\"p,\n", GOOD, "B,,u,\"q\",\n", GOOD]);
    assert_eq!(names(&parsed), ["Bank", "B", "Bank"]);
    only_error(&parsed, 2, Reason::Quote);
}

#[test]
fn a_field_beyond_the_limit_costs_that_row_only() {
    let long = "x".repeat(LONGEST_FIELD + 1);
    let parsed = rows(&[&format!("A,,u,p,{long}\n"), GOOD]);
    only_error(&parsed, 2, Reason::TooLong);
    assert_eq!(parsed.items.len(), 1);
}

#[test]
fn empty_files_are_refused() {
    assert_eq!(refused(b""), FileError::Empty);
    assert_eq!(refused(b"\xEF\xBB\xBF\r\n"), FileError::Empty);
}

#[test]
fn files_that_are_not_password_lists_are_refused() {
    let foreign = [
        "date,amount\n1,2\n",
        "<html></html>",
        "name,url,username\n",
        "url,url,username,password\n",
    ];
    for text in foreign {
        assert_eq!(refused(text.as_bytes()), FileError::Columns, "{text}");
    }
}

#[test]
fn a_header_alone_is_an_empty_list() {
    let parsed = read(HEADER);
    assert!(parsed.items.is_empty() && parsed.errors.is_empty());
}

#[test]
fn a_file_beyond_the_limit_is_refused_unread() {
    assert_eq!(refused(&vec![b'x'; LARGEST_FILE + 1]), FileError::TooLarge);
}

#[test]
fn a_file_of_nothing_but_open_quotes_ends() {
    let parsed = rows(&["\"\"\"a,\n".repeat(20_000).as_str()]);
    assert!(parsed.items.is_empty() && !parsed.errors.is_empty());
}

type Columns = (String, String, String, String, String);

fn login() -> impl Strategy<Value = Columns> {
    (
        "\\PC{1,8}",
        "[a-z]{1,9}",
        "(?s).{0,8}",
        "(?s).{1,12}",
        "(?s).{0,20}",
    )
        .prop_map(|(name, host, username, password, note)| {
            let name = format!("n{}n", name.replace('\0', ""));
            let clear = |text: String| text.replace('\0', "");
            let url = format!("https://{host}.example/");
            (
                name,
                url,
                clear(username),
                format!("p{}", clear(password)),
                clear(note),
            )
        })
}

fn written(logins: &[Columns]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(HEADER.as_bytes().to_vec());
    for (name, url, username, password, note) in logins {
        let row = [name, url, username, password, note];
        writer.write_record(row).expect("writing to memory");
    }
    writer.into_inner().expect("writing to memory")
}

fn is_read_as(parsed: &Parsed, logins: &[Columns]) -> bool {
    let read = parsed.items.iter().map(fields);
    let written = logins
        .iter()
        .map(|(n, u, s, p, o)| (n.as_str(), u.as_str(), s.as_str(), p.as_str(), o.as_str()));
    read.eq(written)
}

proptest! {
    #[test]
    fn what_was_written_is_read_back(logins in prop::collection::vec(login(), 0..12)) {
        let parsed = chrome(&written(&logins)).expect("readable");
        prop_assert!(parsed.errors.is_empty());
        prop_assert!(is_read_as(&parsed, &logins));
    }

    #[test]
    fn a_broken_row_loses_no_other(
        before in prop::collection::vec(login(), 0..6),
        broken in prop::sample::select(vec!["A,b\n", "A,,u,,\n", ",,,p,\n", "A,,u,p,n,x\n"]),
        after in prop::collection::vec(login(), 0..6),
    ) {
        let mut bytes = written(&before);
        bytes.extend_from_slice(broken.as_bytes());
        let tail = written(&after);
        bytes.extend_from_slice(tail.strip_prefix(HEADER.as_bytes()).expect("a header"));
        let parsed = chrome(&bytes).expect("readable");
        prop_assert_eq!(parsed.errors.len(), 1);
        prop_assert!(is_read_as(&parsed, &[before, after].concat()));
    }

    #[test]
    fn any_bytes_end_in_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = chrome(&bytes);
        let _ = chrome(&[HEADER.as_bytes(), &bytes].concat());
    }
}
