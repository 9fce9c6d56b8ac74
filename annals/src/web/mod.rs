//! A local server over an archive: pages, an interface for programs, feeds, and tools for language models. The only part
//! that waits for more than one thing at a time; what it answers with is made by plain functions.
//!
//! One table of routes is the whole of it: `answer` lets a request in (`guard`), finds its route, reads what it gives as
//! the route declares it, runs the route's function on a thread of its own, and seals the answer.

mod api;
mod ask;
pub(crate) mod assets;
mod cache;
mod door;
pub(crate) mod exchange;
mod feeds;
pub(crate) mod guard;
pub(crate) mod mcp;
mod openapi;
mod overview;
mod pages;
mod read;
mod writes;

use crate::app::marks::{Meanwhile, read_on};
use crate::app::search::Searcher;
use crate::app::shelf::{Holding, Shelf};
use crate::priority;
use annals_store::{Archive, Claim};
use anyhow::{Context, Result};
use exchange::{Body, Given, Method, Problem, Reply, Route};
use http_body_util::{BodyExt, Limited};
use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderValue, IF_NONE_MATCH, SET_COOKIE};
use hyper::{Request, Response};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// The work of serving an archive, of which other programs may know.
pub(crate) const SERVING: &str = "serving";

/// What the handlers know.
pub(crate) struct Site {
    shelf: Shelf,
    searcher: Searcher,
    names: guard::Names,
    token: String,
    address: String,
    cookie: String,
    cache: cache::Cache,
    overview: overview::Latest,
    /// One permit a request that is being worked on or waits for its turn, and one that is being worked on.
    line: Semaphore,
    work: Arc<Semaphore>,
    /// One permit a [`GRAIN`] of what waits to be sent.
    out: Arc<Semaphore>,
    /// By which `annals add` knows that somebody reads: it lets them go first.
    _serving: Option<Claim>,
}

impl Site {
    /// Opens an archive; the server answers on this port, to names beside this machine's own.
    fn new(folder: &Path, port: u16, names: &[String]) -> Result<Site> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Site {
            shelf: Shelf::open(folder, None)?,
            searcher: Searcher::of(folder),
            names: guard::Names::new(port, names),
            token: guard::token()?,
            address: format!("http://127.0.0.1:{port}"),
            cookie: format!("annals-{port}"),
            cache: cache::Cache::default(),
            overview: overview::Latest::default(),
            line: Semaphore::new(LINE),
            work: Arc::new(Semaphore::new(AT_ONCE * cores)),
            out: Arc::new(Semaphore::new(OUT / GRAIN)),
            _serving: Archive::open(folder)?.claim(SERVING).ok().flatten(),
        })
    }

    /// Returns where this server is, for what is read elsewhere: feeds.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Returns what searches the archive's reports.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the archive's stories.
    pub(crate) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Returns what the archive held when it was last looked at.
    pub(crate) fn now(&self) -> Arc<Holding> {
        self.shelf.now()
    }

    /// Returns what pages say of all stories.
    fn overview(&self, holding: &Holding) -> Arc<overview::Overview> {
        self.overview.of(holding)
    }

    /// Returns what a form that writes must give as `token`.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

/// Most bytes of a request's body.
const BODY: usize = 256 * 1024;
/// How long a body may take to come, a request may wait for its turn, and take. guess: a story of some thousand reports
/// compiles in less.
const TO_COME: Duration = Duration::from_secs(10);
const TO_WAIT: Duration = Duration::from_secs(60);
const TO_TAKE: Duration = Duration::from_secs(120);
/// Requests that are worked on or wait for it at most; guess: more would wait too long.
const LINE: usize = 64;
/// Requests that are worked on at once, of each core: so many that a page asked for by many does not wait for a long one.
const AT_ONCE: usize = 4;
/// How often the archive is looked at for what is new.
const LOOK: Duration = Duration::from_secs(3);
/// Most bytes that wait to be sent to all together, and the grain they are counted in.
const OUT: usize = 64 * 1024 * 1024;
const GRAIN: usize = 64 * 1024;

/// Where to listen, and under which names to answer.
pub(crate) struct Listen {
    pub(crate) address: SocketAddr,
    /// Names beside this machine's own.
    pub(crate) names: Vec<String>,
}

/// Serves an archive until the program is told to stop. `ready` is told the address, the token, and how many reports of the
/// archive cannot be made again.
///
/// # Errors
/// When the archive cannot be read or the address not be listened at.
pub(crate) fn serve(folder: &Path, listen: &Listen, ready: impl FnOnce(SocketAddr, &str, usize)) -> Result<()> {
    runtime()?.block_on(async {
        let listener = door::open(listen.address)?;
        let address = listener.local_addr()?;
        let site = Arc::new(Site::new(folder, address.port(), &listen.names)?);
        ready(address, site.token(), site.now().lost);
        keep_up(&site);
        door::keep_open(listener, site).await;
        Ok(())
    })
}

/// Returns what runs the server: two threads that wait, and one for each request that is worked on.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    // Trees of hostile pages are deep; a thread that only waits takes no memory for a stack it does not use.
    builder.worker_threads(2).thread_stack_size(8 << 20).enable_all().build().context("cannot start the server")
}

/// Looks for what is new in the archive, and reads what `add` left for later. Both let those who ask go first.
fn keep_up(site: &Arc<Site>) {
    let (looking, reading) = (Arc::clone(site), Arc::clone(site));
    behind(move || {
        pages::prepare(&looking, &looking.now());
        loop {
            std::thread::sleep(LOOK);
            let before = looking.now();
            // An archive that cannot be read just now is looked at again; what was held before is still shown.
            let has_grown = looking.shelf().look(|holding| pages::prepare(&looking, holding));
            // Whoever is the last to let go of what was held takes it apart, which takes long: no reader is to be that.
            while has_grown.as_ref().is_ok_and(|grown| *grown) && Arc::strong_count(&before) > 1 {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    });
    behind(move || {
        loop {
            // An archive that cannot be written to is searched as far as it is read; searches say so.
            let _ = read_on(reading.shelf().folder(), Meanwhile::Leave, |_, _| true);
            std::thread::sleep(LOOK);
        }
    });
}

/// Runs what nobody waits for, on one core and behind all else.
fn behind(work: impl FnOnce() + Send + 'static) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).start_handler(|_| priority::stand_back()).build();
    if let Ok(pool) = pool {
        std::thread::spawn(move || pool.install(work));
    }
}

/// All routes; the interface for programs is described from its part of them.
fn routes() -> impl Iterator<Item = &'static Route> {
    let api = api::OPERATIONS.iter().map(|o| &o.route);
    api.chain(writes::ROUTES).chain(feeds::ROUTES).chain(assets::ROUTES).chain(pages::ROUTES)
}

/// Answers a request, whatever it is.
async fn answer(
    site: Arc<Site>,
    mcp: mcp::Service,
    asked: Request<Incoming>,
    at_work: impl FnOnce(),
) -> Response<Body> {
    let path = asked.uri().path().to_owned();
    let mut response = match take_in(&site, asked).await {
        Ok(asked) => {
            at_work();
            match path.as_str() {
                "/mcp" => mcp.answer(asked).await,
                _ => respond(&site, &asked).await.unwrap_or_else(|problem| tell(&site, &path, &problem)),
            }
        }
        Err(problem) => tell(&site, &path, &problem),
    };
    guard::seal(&mut response);
    response
}

/// Lets a request in and takes its body.
async fn take_in(site: &Site, asked: Request<Incoming>) -> Result<Request<Bytes>, Problem> {
    guard::admit(&site.names, &asked)?;
    let (head, body) = asked.into_parts();
    if body.size_hint().lower() > BODY as u64 {
        return Err(Problem::new(413, format!("the body of a request has at most {BODY} bytes")));
    }
    let body = timeout(TO_COME, Limited::new(body, BODY).collect()).await;
    let body = body.map_err(|_| Problem::new(408, "the body of the request did not come in time"))?;
    let body = body.map_err(|_| Problem::new(413, format!("the body of a request has at most {BODY} bytes")))?;
    Ok(Request::from_parts(head, body.to_bytes()))
}

/// Tells a problem: to programs as JSON, to people as a page.
fn tell(site: &Site, path: &str, problem: &Problem) -> Response<Body> {
    if path.starts_with("/api/") || path == "/mcp" {
        return problem.response();
    }
    problem.respond(exchange::HTML, pages::problem(site, problem).into_string().into())
}

/// Finds the route of a request, runs it, and turns what it gives into a response.
async fn respond(site: &Arc<Site>, asked: &Request<Bytes>) -> Result<Response<Body>, Problem> {
    let (route, places) = find(asked)?;
    let given = read::given(route, &places, asked)?;
    if route.method == Method::Post {
        guard::writer(&site.token, &site.cookie, asked.headers(), &given)?;
    }
    let reply = reply(site, route, given, asked).await?;
    let tag = tag(&reply.bytes);
    let is_known = reply.status == 200
        && route.method == Method::Get
        && asked.headers().get_all(IF_NONE_MATCH).iter().any(|told| has_tag(told, &tag));
    let (is_lasting, is_page, status) = (reply.is_lasting, reply.kind == exchange::HTML, reply.status);
    let size = reply.bytes.len();
    let mut response = if is_known { exchange::respond(304, reply.kind, Bytes::new()) } else { reply.into() };
    let headers = response.headers_mut();
    if is_known {
        headers.remove(CONTENT_TYPE);
    }
    if status == 200 && route.method == Method::Get {
        headers.insert(ETAG, text(&tag));
    }
    if is_lasting {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    }
    if is_page {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", site.cookie, site.token());
        headers.insert(SET_COOKIE, text(&cookie));
    }
    if is_known { Ok(response) } else { counted(site, response, size).await }
}

/// Returns what a route gives, as it was made before if the archive holds the same.
async fn reply(
    site: &Arc<Site>,
    route: &'static Route,
    given: Given,
    asked: &Request<Bytes>,
) -> Result<Reply, Problem> {
    let keeps = cache::may_keep(route, &given);
    let packs = takes_gzip(asked);
    let holding = site.now();
    let stamp = cache::stamp(&holding, route, &given);
    let make = move |site: &Site| {
        let made = (route.run)(site, &given)?;
        Ok(if packs { made.packed() } else { made })
    };
    if !keeps {
        return work(site, make).await;
    }
    let path = asked.uri().path_and_query().map(|p| p.as_str().to_owned()).unwrap_or_default();
    let address = if packs { format!("{path} packed") } else { path };
    if let Some(reply) = site.cache.get(&stamp, &address) {
        return Ok(reply);
    }
    let made = work(site, make).await?;
    site.cache.put(&stamp, &address, &made);
    Ok(made)
}

/// Says whether who asks takes answers packed with gzip.
fn takes_gzip(asked: &Request<Bytes>) -> bool {
    let told = asked.headers().get_all(ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    told.flat_map(|v| v.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let is_refused = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !is_refused
    })
}

/// Counts what goes out, so that many who read slowly do not fill the memory.
async fn counted(site: &Site, response: Response<Body>, size: usize) -> Result<Response<Body>, Problem> {
    if size <= GRAIN {
        return Ok(response);
    }
    let grains = size.div_ceil(GRAIN).min(OUT / GRAIN) as u32;
    let permit = timeout(TO_COME, Arc::clone(&site.out).acquire_many_owned(grains)).await;
    let permit: OwnedSemaphorePermit = permit.ok().and_then(Result::ok).ok_or_else(busy)?;
    Ok(response.map(|body| exchange::keeping(body, permit)))
}

/// Runs a function on a thread of its own, when it is its turn.
pub(crate) async fn work<T: Send + 'static>(
    site: &Arc<Site>,
    run: impl FnOnce(&Site) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let _place = site.line.try_acquire().map_err(|_| busy())?;
    let turn = timeout(TO_WAIT, Arc::clone(&site.work).acquire_owned()).await.ok().and_then(Result::ok);
    let (turn, its) = (turn.ok_or_else(busy)?, Arc::clone(site));
    let task = move || {
        // Kept until the work is done, also where nobody waits for it any more.
        let _turn = turn;
        run(&its)
    };
    let done = timeout(TO_TAKE, tokio::task::spawn_blocking(task)).await;
    match done {
        Ok(Ok(done)) => done,
        Ok(Err(_)) => Err(Problem::new(500, "this program broke down on the request; the archive is unchanged")),
        Err(_) => Err(Problem::new(503, "that takes too long now; it is worked on, so ask again in a while")),
    }
}

fn busy() -> Problem {
    Problem::new(503, "too much is asked for at once: ask again in a few seconds")
}

/// What a path gives a route: names and values.
type Places = BTreeMap<&'static str, String>;

/// Finds the route that answers a path by a method.
fn find(asked: &Request<Bytes>) -> Result<(&'static Route, Places), Problem> {
    let path = asked.uri().path();
    let wanted = match *asked.method() {
        hyper::Method::GET | hyper::Method::HEAD => Some(Method::Get),
        hyper::Method::POST => Some(Method::Post),
        _ => None,
    };
    let here: Vec<(&Route, Places)> = routes().filter_map(|r| Some((r, places(r.path, path)?))).collect();
    let methods: Vec<Method> = here.iter().map(|(r, _)| r.method).collect();
    if let Some(found) = here.into_iter().find(|(r, _)| Some(r.method) == wanted) {
        return Ok(found);
    }
    if methods.is_empty() {
        return Err(Problem::new(404, "there is nothing at this address"));
    }
    let allow = match (methods.contains(&Method::Get), methods.contains(&Method::Post)) {
        (true, true) => "GET, HEAD, POST",
        (true, false) => "GET, HEAD",
        _ => "POST",
    };
    Err(Problem { allow: Some(allow), ..Problem::new(405, format!("this address answers to {allow} only")) })
}

/// Returns what a path gives a pattern; none if it is another.
fn places(pattern: &'static str, path: &str) -> Option<Places> {
    let (mut patterns, mut parts) = (pattern.split('/'), path.split('/'));
    let mut places = Places::new();
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return Some(places),
            (Some(pattern), Some(part)) => match pattern.split_once(['{', '}']) {
                // `{name}` and what follows it: `{id}.atom` is no pattern here, `/{id}/feed.json` is.
                Some((_, rest)) if !part.is_empty() => {
                    places.insert(rest.trim_end_matches('}'), part.to_owned());
                }
                None if pattern == part => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// Returns the tag of what is sent.
fn tag(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("\"{:016x}\"", hasher.finish())
}

/// Says whether a list of tags that a reader holds has this one.
fn has_tag(told: &HeaderValue, tag: &str) -> bool {
    let told = told.to_str().unwrap_or_default();
    told.trim() == "*" || told.split(',').any(|t| t.trim().trim_start_matches("W/") == tag)
}

/// Returns words as the value of a header; nothing of them where they cannot be one.
fn text(words: &str) -> HeaderValue {
    HeaderValue::from_str(words).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_what_its_pattern_names() {
        let given = places("/api/v1/stories/{id}/timeline", "/api/v1/stories/abc/timeline");
        assert_eq!(given, Some(BTreeMap::from([("id", "abc".to_owned())])));
        assert_eq!(places("/story/{id}", "/story/"), None);
        assert_eq!(places("/story/{id}", "/story/a/b"), None);
        assert_eq!(places("/", "/"), Some(Places::new()));
    }

    #[test]
    fn no_two_routes_are_one() {
        let mut all: Vec<_> = routes().map(|r| (r.path, r.method == Method::Get)).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
