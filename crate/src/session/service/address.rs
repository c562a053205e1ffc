//! Which addresses may be a service: `https://…`; without encryption only on
//! this machine.

/// An address without its last slash.
///
/// Refused: other schemes, a user name, a path, a query, a fragment, spaces.
pub(crate) fn parse(text: &str) -> Option<String> {
    let address = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let (scheme, place) = address.split_once("://")?;
    let host = match place.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() => port.parse::<u16>().ok().map(|_| host)?,
        Some(_) => return None,
        None => place,
    };
    let is_name = |host: &str| {
        let mut chars = host.chars();
        !host.is_empty() && chars.all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
    };
    match scheme {
        "https" if is_name(host) => Some(address),
        "http" if host == "127.0.0.1" || host == "localhost" => Some(address),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn https_anywhere_and_http_on_this_machine_only() {
        for (given, taken) in [
            ("https://sigill.example", Some("https://sigill.example")),
            (
                " https://Sigill.example:8443/ ",
                Some("https://sigill.example:8443"),
            ),
            ("http://127.0.0.1:8787", Some("http://127.0.0.1:8787")),
            ("http://localhost", Some("http://localhost")),
            ("http://sigill.example", None),
            ("http://127.0.0.1.example", None),
            ("http://localhost@evil.example", None),
            ("https://user@sigill.example", None),
            ("https://sigill.example/path", None),
            ("https://sigill.example?x", None),
            ("https://sigill.example:", None),
            ("https://sigill.example:99999", None),
            ("https://", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(parse(given).as_deref(), taken, "{given}");
        }
    }
}
