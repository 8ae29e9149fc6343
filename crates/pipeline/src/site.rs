use std::borrow::Cow;

use url::Host;

/// A host in the one spelling that it has in tables: lower case, without `www.` and the dot of the root, names of other scripts as they
/// stand in the domain name system (`xn--`).
///
/// `host` as [`copydesk_model::site_of`] cuts it out of a URL. What is no host stays, but for its case.
pub(crate) fn site(host: &str) -> Cow<'_, str> {
    // Asked for every capture, and nearly always so already.
    let plain = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.');
    if host.bytes().all(plain) && !host.ends_with('.') {
        return Cow::Borrowed(host);
    }
    let host = host.trim_end_matches('.');
    let host = Host::parse(host).map_or_else(|_| host.to_lowercase(), |host| host.to_string());
    Cow::Owned(host.strip_prefix("www.").map_or_else(|| host.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use copydesk_model::site_of;

    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        assert_eq!(site(site_of(url)), expected, "{url}");
    }

    #[test]
    fn a_host_has_one_spelling() {
        for host in ["harbour.example", "WWW.Harbour.example", "www.harbour.example.", "HARBOUR.EXAMPLE:8080"] {
            check(&format!("https://{host}/ferry"), "harbour.example");
        }
        for host in [
            "f\u{e4}hre.example",
            "F\u{c4}HRE.example",
            "fa\u{308}hre.example",
            "xn--fhre-loa.example",
            "f%C3%A4hre.example",
        ] {
            check(&format!("https://{host}/"), "xn--fhre-loa.example");
        }
        check("http://192.0.2.7/", "192.0.2.7");
        check("http://[2001:DB8::1]/", "[2001:db8::1]");
    }

    #[test]
    fn what_is_no_host_stays() {
        check("", "");
        check("https:///ferry", "");
        check("https://A b/", "a b");
        check("https://./", "");
    }
}
