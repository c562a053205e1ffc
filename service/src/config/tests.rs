use super::*;

fn parse(arguments: &[&str]) -> Result<Settings, String> {
    Settings::try_parse_from([&["sigill-service"], arguments].concat()).map_err(|e| e.to_string())
}

#[test]
fn a_bad_value_names_its_variable_and_what_is_expected() {
    for (flag, value, name) in [
        (
            "--listen",
            "here",
            "SIGILL_LISTEN: expected an address and a port",
        ),
        (
            "--public-url",
            "sigill.example.org/x",
            "SIGILL_PUBLIC_URL: expected http://",
        ),
        (
            "--public-url",
            "https://a.example/path",
            "SIGILL_PUBLIC_URL: expected http://",
        ),
        (
            "--database-url",
            "mysql://x",
            "SIGILL_DATABASE_URL: expected sqlite://",
        ),
        (
            "--smtp-url",
            "http://x",
            "SIGILL_SMTP_URL: expected smtps://",
        ),
        (
            "--sms-url",
            "sms.example.org",
            "SIGILL_SMS_URL: expected twilio+https://",
        ),
        (
            "--sms-countries",
            "se,no",
            "SIGILL_SMS_COUNTRIES: expected calling codes",
        ),
        (
            "--mail-from",
            "nobody",
            "SIGILL_MAIL_FROM: expected a mailbox",
        ),
        (
            "--trusted-proxies",
            "10.0.0.0/8,home",
            "SIGILL_TRUSTED_PROXIES: expected addresses",
        ),
        (
            "--oidc-providers",
            "google",
            "SIGILL_OIDC_PROVIDERS: expected JSON",
        ),
    ] {
        let error = parse(&[flag, value]).unwrap_err();
        assert!(error.contains(name), "{flag} {value}: {error}");
    }
}

#[test]
fn without_a_mail_server_only_the_inbox_page_will_do() {
    let at = |arguments: &[&str]| {
        parse(arguments)
            .unwrap()
            .at("127.0.0.1:1".parse().unwrap())
            .map(|_| ())
            .map_err(|e| e.to_string())
    };
    assert!(at(&[]).unwrap_err().contains("SIGILL_SMTP_URL"));
    assert!(at(&["--dev", "--smtp-url", "smtp://127.0.0.1:25"]).is_err());
    assert_eq!(at(&["--dev"]), Ok(()));
    assert_eq!(at(&["--smtp-url", "smtp://127.0.0.1:25"]), Ok(()));
}

#[test]
fn the_public_url_follows_the_address_that_was_bound() {
    let config = parse(&["--dev"])
        .unwrap()
        .at("127.0.0.1:4711".parse().unwrap())
        .unwrap();
    assert_eq!(config.public_url, "http://127.0.0.1:4711");
    let config = parse(&["--dev", "--public-url", "https://a.example/"]).unwrap();
    let config = config.at("127.0.0.1:4711".parse().unwrap()).unwrap();
    assert_eq!(config.public_url, "https://a.example");
}
