//! Who may ask, checked before anything else: pages of other sites, names that were pointed at this machine, and writers
//! without the token of this run are turned away.

use super::exchange::{Body, Given, Problem};
use hyper::header::X_CONTENT_TYPE_OPTIONS;
use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
};
use hyper::{HeaderMap, Request, Response};

/// What the pages may load and do: only what this server itself serves.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The header in which scripts give the token.
pub(super) const TOKEN: &str = "x-annals-token";

/// Most bytes of a request's head: the longest quote to check fits in its address, each letter as twelve.
const HEAD: usize = 56 * 1024;

/// The names under which the server may be asked for, as `Host` writes them.
pub(crate) struct Names(Vec<String>);

impl Names {
    /// Returns this machine's own names with a port, and those that were given.
    pub(crate) fn new(port: u16, given: &[String]) -> Names {
        let own = ["localhost", "127.0.0.1", "[::1]"].into_iter().map(str::to_owned);
        let all: Vec<String> = own.chain(given.iter().map(|n| n.to_ascii_lowercase())).collect();
        // A browser leaves the usual port out.
        let bare = all.iter().filter(|_| port == 80).cloned().collect::<Vec<_>>();
        Names(all.iter().map(|name| format!("{name}:{port}")).chain(bare).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// Says whether a request may be answered at all.
///
/// # Errors
/// Says why not.
pub(super) fn admit<B>(names: &Names, request: &Request<B>) -> Result<(), Problem> {
    let headers = request.headers();
    let head: usize = headers.iter().map(|(n, v)| n.as_str().len() + v.len() + 4).sum();
    if head + request.uri().path_and_query().map_or(0, |p| p.as_str().len()) > HEAD {
        return Err(Problem::new(431, format!("the head of the request is longer than {HEAD} bytes")));
    }
    // A request may name the host in its first line, too; none of the two may be another's.
    let named = [only(headers, HOST)?, request.uri().authority().map(|a| a.as_str())];
    if named.iter().all(Option::is_none) || named.iter().flatten().any(|host| !names.has(host)) {
        return Err(Problem::new(
            403,
            "this server answers to names of this machine only: open the address that `annals serve` printed",
        ));
    }
    let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|name| names.has(name));
    if only(headers, ORIGIN)?.is_some_and(|origin| !is_own(origin)) {
        return Err(Problem::new(403, "pages of other sites may not ask this server"));
    }
    let site = only(headers, HeaderName::from_static("sec-fetch-site"))?;
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(Problem::new(403, "pages of other sites may not lead here: type the address, or use a bookmark"));
    }
    Ok(())
}

/// Returns a header that may be given once.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, Problem> {
    let mut all = headers.get_all(&name).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => {
            one.to_str().map(Some).map_err(|_| Problem::new(400, format!("the header {name} is not text")))
        }
        (None, _) => Ok(None),
        _ => Err(Problem::new(400, format!("the header {name} is given twice"))),
    }
}

/// Says whether a writer has the token: in the header, or in the form and the cookie both, as pages of other sites cannot.
///
/// # Errors
/// Says how to give it.
pub(super) fn writer(token: &str, cookie: &str, headers: &HeaderMap, given: &Given) -> Result<(), Problem> {
    let is_it = |told: &str| same(told.as_bytes(), token.as_bytes());
    let by_header = only(headers, HeaderName::from_static(TOKEN))?.is_some_and(is_it);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|c| c.to_str().ok()).flat_map(|c| c.split(';'));
    let mut held = cookies.filter_map(|c| c.trim().split_once('=')).filter(|(name, _)| *name == cookie);
    let by_form = given.text("token").is_some_and(is_it) && held.any(|(_, told)| is_it(told));
    if by_header || by_form {
        return Ok(());
    }
    Err(Problem::new(
        401,
        "writing needs the token of this run: scripts give it as X-Annals-Token (`annals serve` printed it); in a browser, \
         load the page again",
    ))
}

/// Compares without telling by the time it takes how much is right.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (x, y)| differ | (x ^ y)) == 0
}

/// Returns the token of a run: 256 bits of the system's randomness, in hexadecimal digits.
///
/// # Errors
/// When the system has none.
pub(crate) fn token() -> anyhow::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Sets the headers that every answer has.
pub(super) fn seal(response: &mut Response<Body>) {
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    put(CONTENT_SECURITY_POLICY, POLICY);
    put(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: a browser would then send the forms of our own pages as if from nowhere (`Origin: null`).
    put(REFERRER_POLICY, "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    // What an archive holds stays out of caches on disk, unless it is one of our own files.
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(headers: &[(&str, &str)]) -> Result<(), u16> {
        let mut request = Request::builder().uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(()).map_err(|_| 0u16)?;
        admit(&Names::new(8640, &[]), &request).map_err(|p| p.status)
    }

    #[test]
    fn only_this_machine_and_its_own_pages_may_ask() {
        let host = ("host", "127.0.0.1:8640");
        assert_eq!(asks(&[host]), Ok(()));
        assert_eq!(asks(&[("host", "LOCALHOST:8640"), ("origin", "http://localhost:8640")]), Ok(()));
        assert_eq!(asks(&[("host", "[::1]:8640"), ("sec-fetch-site", "none")]), Ok(()));
        for bad in ["127.0.0.1", "127.0.0.1:80", "localhost.evil.test:8640", "evil.test", "localhost:8640@evil.test"] {
            assert_eq!(asks(&[("host", bad)]), Err(403), "{bad}");
        }
        assert_eq!(asks(&[]), Err(403));
        let elsewhere = Request::builder().uri("http://evil.test/").header("host", "127.0.0.1:8640").body(());
        assert_eq!(elsewhere.ok().map(|r| admit(&Names::new(8640, &[]), &r).is_err()), Some(true));
        assert_eq!(asks(&[host, host]), Err(400));
        for bad in ["null", "https://127.0.0.1:8640", "http://127.0.0.1:9", "http://evil.test"] {
            assert_eq!(asks(&[host, ("origin", bad)]), Err(403), "{bad}");
        }
        for bad in ["cross-site", "same-site", "?"] {
            assert_eq!(asks(&[host, ("sec-fetch-site", bad)]), Err(403), "{bad}");
        }
        assert_eq!(asks(&[host, ("x-long", &"a".repeat(HEAD))]), Err(431));
    }

    #[test]
    fn a_form_needs_the_token_twice() {
        let with = |field: &str, cookie: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(COOKIE, HeaderValue::from_str(&format!("a=b; annals-1={cookie}")).map_err(|_| 0u16)?);
            let mut given = Given::default();
            given.values.insert("token", field.to_owned());
            writer("t0k3n", "annals-1", &headers, &given).map_err(|p| p.status)
        };
        assert_eq!(with("t0k3n", "t0k3n"), Ok(()));
        assert_eq!(with("", "t0k3n"), Err(401));
        assert_eq!(with("t0k3n", "t0k3"), Err(401));
    }
}
