//! The host of a URL: for showing, and for finding the same site again.

/// The host; of an `android://…@package/` URL the package.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    let place = place.rsplit_once(':').map_or(place, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            host
        } else {
            place
        }
    });
    place.strip_prefix("www.").unwrap_or(place)
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn the_host_of_a_url_whatever_stands_around_it() {
        for (url, expected) in [
            ("https://example.com/login?x#y", "example.com"),
            ("https://www.example.com:8443", "example.com"),
            ("http://user:pass@example.com", "example.com"),
            ("example.com", "example.com"),
            ("android://hash==@com.example.app/", "com.example.app"),
            ("https://[::1]:80/", "[::1]"),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
