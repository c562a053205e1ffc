use alloc::string::{String, ToString};

use super::equivalent::others;
use super::*;

/// A few rules of the list, one of each sort.
fn suffixes() -> Suffixes {
    let mut rules = [
        "com",
        "net",
        "org",
        "test",
        "uk",
        "co.uk",
        "*.ck",
        "!www.ck",
        "github.io",
        "io",
        "se",
        "xn--p1ai",
    ];
    rules.sort_unstable();
    let text = alloc::format!("# list, {} rules\n{}\n", rules.len(), rules.join("\n"));
    Suffixes::parse(text).unwrap()
}

fn whole() -> Suffixes {
    let text = include_str!("../../../../extension/data/public-suffixes.txt");
    Suffixes::parse(text.to_string()).unwrap()
}

fn at(url: &str) -> Place {
    Place {
        page: Address::parse(url).unwrap(),
        top: None,
    }
}

fn closeness(page: &str, saved: &str, rule: Rule) -> Option<Closeness> {
    fit(&at(page), saved, rule, &suffixes()).map(|fit| fit.closeness)
}

#[test]
fn the_registrable_domain_is_what_the_list_says() {
    // The list's own test cases: https://github.com/publicsuffix/list/blob/main/tests/test_psl.txt
    let list = whole();
    for (host, expected) in [
        ("com", None),
        ("example.com", Some("example.com")),
        ("b.example.com", Some("example.com")),
        ("a.b.example.com", Some("example.com")),
        ("example.example", Some("example.example")),
        ("biz", None),
        ("uk.com", None),
        ("a.b.example.uk.com", Some("example.uk.com")),
        ("test.ac", Some("test.ac")),
        ("mm", None),
        ("c.mm", None),
        ("b.c.mm", Some("b.c.mm")),
        ("a.b.c.mm", Some("b.c.mm")),
        ("test.jp", Some("test.jp")),
        ("ac.jp", None),
        ("test.ac.jp", Some("test.ac.jp")),
        ("kyoto.jp", None),
        ("ide.kyoto.jp", None),
        ("b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
        ("c.kobe.jp", None),
        ("b.c.kobe.jp", Some("b.c.kobe.jp")),
        ("city.kobe.jp", Some("city.kobe.jp")),
        ("www.city.kobe.jp", Some("city.kobe.jp")),
        ("test.ck", None),
        ("b.test.ck", Some("b.test.ck")),
        ("www.ck", Some("www.ck")),
        ("www.www.ck", Some("www.ck")),
        ("k12.ak.us", None),
        ("www.test.k12.ak.us", Some("test.k12.ak.us")),
        ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
        (
            "xn--85x722f.xn--55qx5d.cn",
            Some("xn--85x722f.xn--55qx5d.cn"),
        ),
        ("xn--55qx5d.cn", None),
        ("someone.github.io", Some("someone.github.io")),
        // not in the list: tools/suffixes.mjs
        (
            "a.westeurope.cloudapp.azure.com",
            Some("a.westeurope.cloudapp.azure.com"),
        ),
        ("westeurope.cloudapp.azure.com", None),
        ("portal.azure.com", Some("azure.com")),
        ("192.0.2.1", None),
        ("[2001:db8::1]", None),
        ("localhost", None),
    ] {
        assert_eq!(list.registrable(host), expected, "{host}");
    }
}

#[test]
fn a_list_that_is_cut_off_or_out_of_order_is_none() {
    for text in [
        "",
        "com\nnet\n",
        "# list, 2 rules\n",
        "# list, 3 rules\ncom\nnet\n",
        "# list, 2 rules\ncom\nne",
        "# list, 2 rules\nnet\ncom\n",
        "# list, 0 rules\n\n",
    ] {
        assert!(Suffixes::parse(text.to_string()).is_none(), "{text:?}");
    }
}

#[test]
fn a_url_is_parsed_as_browsers_understand_it() {
    for (url, host, port, path) in [
        (
            "https://Example.COM/Login?a=1#b",
            "example.com",
            None,
            "/Login?a=1",
        ),
        (
            "https://user:pass@example.com:8443",
            "example.com",
            Some(8443),
            "/",
        ),
        ("https://example.com:443/", "example.com", None, "/"),
        ("example.com/x", "example.com", None, "/x"),
        ("https://example.com?q", "example.com", None, "/?q"),
        (
            "https://evil.test\\@example.com/",
            "evil.test",
            None,
            "/\\@example.com/",
        ),
        ("https://bücher.example", "xn--bcher-kva.example", None, "/"),
        ("http://[::1]:8080/a", "[::1]", Some(8080), "/a"),
        ("https://example.com./", "example.com", None, "/"),
    ] {
        let address = Address::parse(url).unwrap();
        assert_eq!(
            (address.host(), address.port, address.path.as_str()),
            (host, port, path),
            "{url}"
        );
    }
}

#[test]
fn what_is_no_web_address_has_no_site() {
    let endless = alloc::format!("https://{}.com", "a".repeat(300));
    for url in [
        "",
        " ",
        "javascript://example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "chrome-extension://abc/x.html",
        "android://hash@com.example/",
        "https://",
        "https://a..b",
        "https://exa mple.com",
        "https://example.com:99999",
        "https://example.com:x",
        "about:blank",
        "blob:https://example.com/1",
        &endless,
    ] {
        assert_eq!(Address::parse(url), None, "{url}");
    }
}

#[test]
fn a_login_is_offered_on_its_domain_and_nowhere_else() {
    use Closeness::{Domain, Host, Path};
    for (page, saved, expected) in [
        ("https://example.com/", "https://example.com", Some(Host)),
        (
            "https://example.com/login/now",
            "https://example.com/login",
            Some(Path),
        ),
        (
            "https://login.example.com/",
            "https://www.example.com",
            Some(Domain),
        ),
        (
            "https://example.com:8443/",
            "https://example.com",
            Some(Host),
        ),
        ("https://example.com/", "example.com", Some(Host)),
        (
            "https://example.com.evil.test/",
            "https://example.com",
            None,
        ),
        ("https://notexample.com/", "https://example.com", None),
        ("https://evil.test/example.com", "https://example.com", None),
        (
            "https://evil.test/?https://example.com",
            "https://example.com",
            None,
        ),
        ("https://other.co.uk/", "https://example.co.uk", None),
        (
            "https://mallory.github.io/",
            "https://alice.github.io",
            None,
        ),
        ("https://github.io/", "https://alice.github.io", None),
        ("http://192.0.2.1/", "http://192.0.2.1", Some(Host)),
        ("http://192.0.2.2/", "http://192.0.2.1", None),
        ("http://10.192.0.2.1/", "http://192.0.2.1", None),
        ("http://192.0.2.1:8080/", "http://192.0.2.1", None),
        ("http://192.0.2.1:8080/", "192.0.2.1:8080", Some(Host)),
        ("http://localhost:3000/", "http://localhost:4000", None),
        ("http://router/", "http://router", Some(Host)),
        (
            "https://xn--bcher-kva.com/",
            "https://bücher.com",
            Some(Host),
        ),
        ("https://bucher.com/", "https://bücher.com", None),
        ("https://example.com/", "android://hash@com.example/", None),
        ("https://example.com/", "", None),
    ] {
        assert_eq!(
            closeness(page, saved, Rule::Domain),
            expected,
            "{saved} on {page}"
        );
    }
}

#[test]
fn a_rule_narrows_where_a_login_is_offered() {
    use Closeness::{Host, Path};
    for (rule, page, saved, expected) in [
        (
            Rule::Host,
            "https://example.com/a",
            "https://example.com",
            Some(Host),
        ),
        (
            Rule::Host,
            "https://login.example.com/",
            "https://example.com",
            None,
        ),
        (
            Rule::StartsWith,
            "https://example.com/a/b",
            "https://example.com/a",
            Some(Path),
        ),
        (
            Rule::StartsWith,
            "https://example.com/ab",
            "https://example.com/a",
            None,
        ),
        (
            Rule::StartsWith,
            "http://example.com/a",
            "https://example.com/a",
            None,
        ),
        (
            Rule::StartsWith,
            "https://example.com.evil.test/a",
            "https://example.com",
            None,
        ),
        (
            Rule::Exact,
            "https://example.com/a?b",
            "https://example.com/a?b",
            Some(Path),
        ),
        (
            Rule::Exact,
            "https://example.com/a?b=1",
            "https://example.com/a?b",
            None,
        ),
        (
            Rule::Never,
            "https://example.com/",
            "https://example.com/",
            None,
        ),
    ] {
        assert_eq!(
            closeness(page, saved, rule),
            expected,
            "{rule:?}: {saved} on {page}"
        );
    }
}

#[test]
fn sites_that_share_their_accounts_come_last_and_only_by_domain() {
    let pages = "https://www.youtube.com/";
    assert_eq!(
        closeness(pages, "https://accounts.google.com", Rule::Domain),
        Some(Closeness::Equivalent)
    );
    assert_eq!(
        closeness(pages, "https://accounts.google.com", Rule::Host),
        None
    );
    assert!(Closeness::Equivalent < Closeness::Domain);
    assert!(others("google.com").any(|other| other == "youtube.com"));
    assert_eq!(others("example.com").count(), 0);
}

#[test]
fn a_machine_that_anybody_rents_shares_no_accounts_with_its_landlord() {
    let machine = "https://a.westeurope.cloudapp.azure.com/";
    for saved in ["https://login.live.com", "https://portal.azure.com"] {
        assert_eq!(
            fit(&at(machine), saved, Rule::Domain, &whole()),
            None,
            "{saved}"
        );
    }
}

#[test]
fn what_goes_in_without_a_press_was_saved_for_that_very_host_and_port_over_tls() {
    let own = |page: &str, saved: &str| is_own(&at(page), saved);
    assert!(own(
        "https://www.shop.example/in",
        "https://www.shop.example"
    ));
    assert!(own("https://shop.example/", "http://shop.example/old"));
    assert!(own("https://shop.example:8443/", "shop.example:8443"));
    assert!(!own("https://shop.example/", "https://www.shop.example"));
    assert!(!own("https://www.shop.example/", "https://shop.example"));
    assert!(!own("https://shop.example/", "https://shop.example:8443"));
    assert!(!own("https://shop.example:8443/", "https://shop.example"));
    assert!(!own("http://shop.example/", "http://shop.example"));
    let framed = Place::parse("https://shop.example/", Some("https://shop.example/")).unwrap();
    assert!(!is_own(&framed, "https://shop.example"));
}

#[test]
fn what_has_one_registrable_domain_is_one_site() {
    for (one, other) in [
        ("https://shop.example", "https://login.shop.example"),
        ("https://www.shop.example:8443", "https://shop.example"),
        ("https://a.shop.co.uk", "https://b.shop.co.uk"),
    ] {
        assert!(are_one_site(one, other, &whole()), "{one} and {other}");
    }
}

#[test]
fn whatever_else_two_origins_have_in_common_is_none() {
    for (one, other) in [
        ("https://app.example", "https://tenant.test"),
        ("https://a.co.uk", "https://b.co.uk"),
        ("https://evil.github.io", "https://anna.github.io"),
        ("https://github.io", "https://anna.github.io"),
        ("https://notshop.example", "https://shop.example"),
        ("https://shop.example.evil.test", "https://shop.example"),
        ("http://shop.example", "https://login.shop.example"),
        ("https://10.0.0.2", "https://10.0.0.1"),
        ("http://localhost:3000", "http://localhost:8080"),
        ("shop.example", "https://shop.example"),
        ("null", "null"),
    ] {
        assert!(!are_one_site(one, other, &whole()), "{one} and {other}");
    }
}

#[test]
fn a_page_in_clear_is_said_where_the_login_was_saved_for_https() {
    let caution = |page: &str, saved: &str| {
        fit(&at(page), saved, Rule::Domain, &suffixes())
            .unwrap()
            .caution
    };
    assert_eq!(
        caution("http://example.com/", "https://example.com"),
        Some(Caution::InClear)
    );
    assert_eq!(caution("http://example.com/", "http://example.com"), None);
    assert_eq!(caution("https://example.com/", "http://example.com"), None);
    assert_eq!(caution("http://localhost/", "https://localhost"), None);
    assert_eq!(caution("http://127.0.0.1/", "https://127.0.0.1"), None);
}

#[test]
fn a_frame_within_another_site_is_said() {
    let framed = |top: &str| {
        let place = Place {
            page: Address::parse("https://example.com/").unwrap(),
            top: Address::parse(top),
        };
        fit(&place, "https://example.com", Rule::Domain, &suffixes())
            .unwrap()
            .caution
    };
    assert_eq!(framed("https://evil.test/"), Some(Caution::Framed));
    assert_eq!(framed("https://www.example.com/"), None);
}

#[test]
fn a_name_that_is_made_to_be_taken_for_another_is_found() {
    let list = suffixes();
    let imitates = |page: &str, saved: &str| {
        let page = Address::parse(page).unwrap();
        Looks::of(&page, &list).is_some_and(|looks| looks.imitates(saved, &list))
    };
    for page in [
        "https://exаmple.com/", // a Cyrillic а
        "https://examp1e.com/",
        "https://exampie.com/",
        "https://exarnple.com/",
        "https://exmaple.com/",
        "https://examples.com/",
        "https://exmple.com/",
        "https://example.com.login.test/",
        "https://www.example.com.evil.co.uk/",
        "https://example-com.test/",
        "https://example-com-login.test/",
    ] {
        assert!(imitates(page, "www.example.com"), "{page}");
    }
    for page in [
        "https://example.com/",
        "https://login.example.com/",
        "https://other.com/",
        "https://sample.com/",
        "https://example.org/",
        "https://notanexample.com/",
        "http://192.0.2.1/",
    ] {
        assert!(!imitates(page, "www.example.com"), "{page}");
    }
    // Short names are near to one another by nature.
    assert!(!imitates("https://seb.se/", "sev.se"));
}

#[test]
fn a_url_of_any_shape_is_parsed_or_refused() {
    let parts = [
        "https://", "http://", "://", "@", ":", "/", "\\", "?", "#", "[", "]", ".", "a", "ä", "1",
        "\u{202e}", "%",
    ];
    let mut state = 7_usize;
    for _ in 0..20_000 {
        let mut url = String::new();
        for _ in 0..8 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            url.push_str(parts[(state >> 33) % parts.len()]);
        }
        if let Some(address) = Address::parse(&url) {
            assert!(address.host.is_ascii() && !address.host.is_empty(), "{url}");
            let again = Address::parse(&alloc::format!("https://{}{}", address.host, address.path))
                .unwrap();
            assert_eq!(again.host, address.host, "{url}");
        }
    }
}

#[test]
fn every_rule_has_a_number_and_a_name_of_its_own() {
    for rule in Rule::ALL {
        assert_eq!(Rule::from_code(rule.code()), Some(rule));
        assert_eq!(Rule::from_key(rule.key()), Some(rule));
        let key = alloc::format!("\"{}\"", rule.key());
        assert_eq!(serde_json::to_string(&rule).unwrap(), key);
        assert!(Rule::DECLARATION.contains(&key));
    }
    assert!(Rule::ALL.is_sorted(), "the stricter, the later");
}
