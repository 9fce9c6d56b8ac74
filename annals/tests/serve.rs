//! The local server: who may ask, what is answered, and how it begins and ends.

#![allow(clippy::unwrap_used, reason = "tests say what they saw")]

mod common;

use common::{annals, bundle, folder};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server over an archive, ended with the test.
struct Server {
    child: Child,
    /// As `127.0.0.1:40123`.
    host: String,
    token: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines.filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v).next()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.head, self.body))
    }
}

impl Server {
    fn over(archive: &str) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_annals"))
            .args(["serve", archive, "--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let line = |from: &mut dyn BufRead| {
            let mut line = String::new();
            from.read_line(&mut line).unwrap();
            line.trim().to_owned()
        };
        let url = line(&mut BufReader::new(child.stdout.take().unwrap()));
        let told = line(&mut BufReader::new(child.stderr.take().unwrap()));
        let host = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        assert!(host.starts_with("127.0.0.1:"), "{url} {told}");
        Server { child, host, token: told.rsplit(' ').next().unwrap().to_owned() }
    }

    fn of_bundle(name: &str) -> Server {
        let archive = folder(&format!("{name}-archive"));
        fs::remove_dir_all(&archive).unwrap();
        annals(&["add", &archive.to_string_lossy(), &bundle(name).to_string_lossy()], &[]);
        Server::over(&archive.to_string_lossy())
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    /// Sends bytes as they are and reads the answer until the server closes the connection.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|(n, _)| n.eq_ignore_ascii_case("host")) {
            request += &format!("Host: {}\r\n", self.host);
        }
        headers.iter().for_each(|(n, v)| request += &format!("{n}: {v}\r\n"));
        self.raw(&format!("{request}\r\n{body}"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {} {}", answer.head, answer.body);
        answer.json()
    }

    /// Returns the id of the largest story.
    fn story(&self) -> String {
        let stories = self.json("/api/v1/stories");
        let stories = stories["stories"].as_array().unwrap();
        stories.iter().max_by_key(|s| s["reports"].as_u64()).unwrap()["id"].as_str().unwrap().to_owned()
    }

    fn post(&self, path: &str, body: &Value, token: &str) -> Answer {
        self.ask("POST", path, &[("Content-Type", "application/json"), ("X-Annals-Token", token)], &body.to_string())
    }
}

#[test]
fn the_interface_gives_the_record_of_a_story_and_its_parts() {
    let server = Server::of_bundle("serve-record");
    let id = server.story();
    let record = server.json(&format!("/api/v1/stories/{id}"));
    let schema: Value = serde_json::from_str(include_str!("../../docs/record.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = schema.iter_errors(&record).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
    let texts = |report: &str| -> Vec<char> {
        let reports = record["reports"].as_array().unwrap();
        reports.iter().find(|r| r["id"] == *report).unwrap()["text"].as_str().unwrap().chars().collect()
    };
    let timeline = server.json(&format!("/api/v1/stories/{id}/timeline"));
    let changes = server.json(&format!("/api/v1/stories/{id}/changes?since=2024-01-01"));
    assert_eq!(changes["reports"].as_array().map(Vec::len), Some(5), "{changes}");
    let lines = timeline["timeline"].as_array().unwrap();
    assert!(lines.len() > 1, "{timeline}");
    for row in lines.iter().chain(changes["changes"].as_array().unwrap()) {
        for passage in row["evidence"].as_array().unwrap() {
            let (start, end) = (passage["start"].as_u64().unwrap() as usize, passage["end"].as_u64().unwrap() as usize);
            let exact: String = texts(passage["report"].as_str().unwrap())[start..end].iter().collect();
            assert_eq!(exact, passage["exact"].as_str().unwrap());
        }
    }
    let since = server.json(&format!("/api/v1/stories/{id}/changes?since=2999-01-01T00:00:00Z"));
    assert_eq!((&since["changes"], &since["origins"]), (&json!([]), &since["origins_then"]));
    let origins = server.json(&format!("/api/v1/origins?story={id}"));
    assert!(origins["origins"].as_array().unwrap().len() > 1 && !origins["copies"].as_array().unwrap().is_empty());
    let report = server.json(&format!("/api/v1/reports/{id}"));
    assert_eq!((&report["story"], &report["report"]["id"]), (&json!(id), &json!(id)));
    let held = server.json("/api/v1/quote-check?quote=We+asked+for+rest+days+and+were+given+leaflets");
    assert_eq!(held["verdict"], "exact", "{held}");
    assert_eq!(held["looked_at"]["reports"], held["looked_at"]["of"]);
    let due = server.json("/api/v1/due");
    assert!(due["owed"].as_array().unwrap().iter().all(|o| o["story"].is_string()), "{due}");
    let found = server.json("/api/v1/search?q=%22rest+days%22&rows=statements&per_page=1");
    assert_eq!((found["total"].as_u64(), found["found"].as_array().map(Vec::len)), (Some(2), Some(1)), "{found}");
    assert_eq!(server.json("/api/v1/stories?person=Oda+Brenn&after=2024-03-05")["total"], 1);
    assert_eq!(server.json("/api/v1/stories?before=2024-01-01")["total"], 0);
    let ledger = server.json("/api/v1/ledger?most=2");
    assert_eq!((ledger["rows"].as_array().map(Vec::len), &ledger["next"]), (Some(2), &json!(2)));
}

#[test]
fn only_this_machine_and_its_own_pages_are_answered() {
    let server = Server::of_bundle("serve-guard");
    let port = server.host.split(':').next_back().unwrap().to_owned();
    let status = |headers: &[(&str, &str)], path: &str| server.ask("GET", path, headers, "").status;
    let own = format!("http://localhost:{port}");
    for path in ["/", "/api/v1/stories", "/mcp", "/assets/x", "/story/0/feed.json", "/nowhere"] {
        for bad in ["evil.test", "127.0.0.1", "localhost:1", "127.0.0.1.evil.test"] {
            assert_eq!(status(&[("Host", bad)], path), 403, "{path} {bad}");
        }
        assert_eq!(status(&[("Origin", "http://evil.test")], path), 403);
        assert_eq!(status(&[("Origin", "null")], path), 403);
        assert_eq!(status(&[("Sec-Fetch-Site", "cross-site")], path), 403);
        assert_ne!(status(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")], path), 403);
    }
    let decision = json!({ "decision": "same", "a": "Oda Brenn", "b": "Per Aske" });
    for path in ["/api/v1/decisions", "/api/v1/decisions/1/undo"] {
        assert_eq!(server.post(path, &decision, "").status, 401);
        assert_eq!(server.post(path, &decision, &"0".repeat(64)).status, 401);
    }
    let form = "token=&decision=same&a=Oda+Brenn&b=Per+Aske";
    let as_form = ("Content-Type", "application/x-www-form-urlencoded");
    assert_eq!(server.ask("POST", "/decisions", &[as_form], form).status, 400);
    let form = form.replace("token=", &format!("token={}", server.token));
    // The token alone is not enough: pages of other sites cannot send the cookie.
    assert_eq!(server.ask("POST", "/decisions", &[as_form], &form).status, 401);
    assert_eq!(server.ask("POST", "/decisions", &[as_form, ("Origin", "http://evil.test")], &form).status, 403);
    assert_eq!(server.json("/api/v1/decisions")["decisions"], json!([]));
    let cookie = server.get("/").header("set-cookie").unwrap().to_owned();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    let done = server.ask("POST", "/decisions", &[as_form, cookie], &format!("{form}&back=//evil.test"));
    assert_eq!((done.status, done.header("location")), (303, Some("/decisions")));
    assert_eq!(server.json("/api/v1/decisions")["decisions"][0]["decision"], "same");
    for path in ["/", "/api/v1/stories", "/nowhere"] {
        let answer = server.get(path);
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none';"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}

#[test]
fn decisions_are_taken_and_taken_back_and_seen_at_once() {
    let server = Server::of_bundle("serve-decide");
    let people = |server: &Server| {
        let record = server.json(&format!("/api/v1/stories/{}", server.story()));
        record["entities"].as_array().unwrap().iter().filter(|e| e["kind"] == "person").count()
    };
    let before = people(&server);
    let decision = json!({ "decision": "same", "a": "Oda Brenn", "b": "Per Aske", "by": "R. Vale", "why": "a test" });
    let made = server.post("/api/v1/decisions", &decision, &server.token);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(people(&server), before - 1);
    let number = made.json()["number"].as_i64().unwrap();
    let undo = format!("/api/v1/decisions/{number}/undo");
    assert_eq!(server.post(&undo, &json!({}), &server.token).status, 201);
    assert_eq!(people(&server), before);
    let told = |answer: Answer| (answer.status, answer.json()["detail"].as_str().unwrap().to_owned());
    assert_eq!(told(server.post(&undo, &json!({}), &server.token)).0, 409);
    assert_eq!(told(server.post("/api/v1/decisions/99/undo", &json!({}), &server.token)).0, 404);
    let bad = |body: Value| told(server.post("/api/v1/decisions", &body, &server.token));
    assert_eq!(bad(json!({ "decision": "same", "a": " ", "b": "B" })), (400, "a name is empty".into()));
    assert_eq!(bad(json!({ "decision": "maybe", "a": "A", "b": "B" })).0, 400);
    assert_eq!(bad(json!({ "decision": "same", "a": "A", "b": "B", "extra": 1 })).0, 400);
    assert_eq!(bad(json!(["same", "A", "B", null, null])).0, 400);
    assert_eq!(bad(json!({ "decision": "merge", "a": "zz", "b": "B" })).0, 400);
    assert_eq!(bad(json!({ "decision": "merge", "a": "0".repeat(32), "b": server.story() })).0, 404);
}

#[test]
fn a_form_parts_a_copy_and_takes_that_back() {
    let server = Server::of_bundle("serve-copies");
    let origins = |server: &Server| server.json(&format!("/api/v1/origins?story={}", server.story()));
    let before = origins(&server);
    let pair = before["copies"].as_array().unwrap().iter().find(|c| c["of"].is_string()).unwrap().clone();
    let (copy, of) = (pair["report"].as_str().unwrap(), pair["of"].as_str().unwrap());
    let page = server.get(&format!("/report/{copy}")).body;
    assert!(page.contains("It is not a copy of this") && page.contains("Not a copy of this?"), "{page}");
    let as_form = ("Content-Type", "application/x-www-form-urlencoded");
    let form = format!("decision=not-same&a={copy}&b={of}&by=R.+Vale&why=both+rang&back=/report/{copy}%23decide");
    assert_eq!(server.ask("POST", "/decisions", &[as_form], &form).status, 400);
    assert_eq!(server.ask("POST", "/decisions", &[as_form], &format!("{form}&token={}", "0".repeat(64))).status, 401);
    let cookie = server.get("/").header("set-cookie").unwrap().to_owned();
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    let done = server.ask("POST", "/decisions", &[as_form, cookie], &format!("{form}&token={}", server.token));
    assert_eq!((done.status, done.header("location")), (303, Some(format!("/report/{copy}#decide").as_str())));
    let after = origins(&server);
    let count = |told: &Value| told["origins"].as_array().unwrap().len();
    assert_eq!(count(&after), count(&before) + 1);
    let story = server.get(&format!("/story/{}", server.story())).body;
    assert!(story.contains("Copies, as people decided") && story.contains("says R. Vale"), "{story}");
    let page = server.get(&format!("/report/{copy}")).body;
    assert!(page.contains("are no copies of each other") && page.contains("action=\"/decisions/undo\""), "{page}");
    assert!(server.get("/decisions").body.contains("are no copies of each other"));
    let undo = format!("number=1&back=/decisions&token={}", server.token);
    assert_eq!(server.ask("POST", "/decisions/undo", &[as_form, cookie], &undo).status, 303);
    assert_eq!(origins(&server), before);
}

#[test]
fn a_decision_over_two_stories_says_where_nothing_follows_from_it() {
    let server = Server::of_bundle("serve-across");
    let told = server.json(&format!("/api/v1/origins?story={}", server.story()));
    let pair = told["copies"].as_array().unwrap().iter().find(|c| c["of"].is_string()).unwrap();
    let decide = |decision: &str| {
        let body = json!({ "decision": decision, "a": pair["report"], "b": pair["of"] });
        server.post("/api/v1/decisions", &body, &server.token).json()["note"].clone()
    };
    assert_eq!((decide("split"), decide("merge")), (Value::Null, Value::Null));
    decide("split");
    assert!(decide("same").as_str().unwrap().contains("stand in two stories"));
    let page = server.get(&format!("/story/{}", pair["of"].as_str().unwrap())).body;
    assert!(page.contains("is a copy of") && page.contains("stand in two stories"), "{page}");
}

#[test]
fn a_form_names_another_speaker_and_takes_that_back() {
    let server = Server::of_bundle("serve-speakers");
    let story = format!("/api/v1/stories/{}", server.story());
    let before = server.json(&story);
    let of = |told: &Value| {
        let holds = |s: &&Value| s["content"]["exact"].as_str().unwrap().contains("pencil");
        told["statements"].as_array().unwrap().iter().find(holds).unwrap().clone()
    };
    let (id, report) =
        (of(&before)["id"].as_str().unwrap().to_owned(), of(&before)["report"].as_str().unwrap().to_owned());
    let page = server.get(&format!("/report/{report}")).body;
    assert!(page.contains(&format!("value=\"{id}@{report}\"")) && page.contains("They did not say it"), "{page}");
    let as_form = ("Content-Type", "application/x-www-form-urlencoded");
    let cookie = server.get("/").header("set-cookie").unwrap().to_owned();
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    let form = format!("a={id}%40{report}&b=Ida+Holm&by=R.+Vale&why=was+there&back=/report/{report}%23decide");
    let form = format!("{form}&decision=said-by&token={}", server.token);
    assert_eq!(server.ask("POST", "/decisions", &[as_form], &form).status, 401);
    assert_eq!(server.ask("POST", "/decisions", &[as_form, cookie], &form).status, 303);
    assert_eq!(of(&server.json(&story))["decided_speaker"], "Ida Holm");
    let page = server.get(&format!("/report/{report}")).body;
    assert!(page.contains("said: Ida Holm, as a person decided") && page.contains("was said by “Ida Holm”"), "{page}");
    let told = server.get(&format!("/story/{}", server.story())).body;
    assert!(
        told.contains("“Ida Holm” said it, says R. Vale") && told.contains("named by a person, by no report"),
        "{told}"
    );
    let undo = format!("number=1&back=/decisions&token={}", server.token);
    assert_eq!(server.ask("POST", "/decisions/undo", &[as_form, cookie], &undo).status, 303);
    assert_eq!(server.json(&story), before);
    let bad = |a: &str| {
        let decision = json!({ "decision": "said-by", "a": a, "b": "Ida Holm" });
        server.post("/api/v1/decisions", &decision, &server.token).status
    };
    assert_eq!((bad("Ida"), bad("s-0000000000000000")), (400, 404));
}

#[test]
fn what_is_wrong_is_told_as_a_problem() {
    let server = Server::of_bundle("serve-problems");
    let none = "0".repeat(32);
    let long = "a".repeat(60_000);
    let cases = [
        (404, "/api/v1/nothing".to_owned()),
        (404, format!("/api/v1/stories/{none}")),
        (404, "/api/v1/stories/..%2f..%2fetc%2fpasswd".to_owned()),
        (404, "/api/v1/stories/%2e%2e/%2e%2e".to_owned()),
        (400, "/api/v1/stories?page=0".to_owned()),
        (400, "/api/v1/stories?pgae=1".to_owned()),
        (400, "/api/v1/stories?page=1&page=2".to_owned()),
        (400, "/api/v1/stories?after=2024-13-01".to_owned()),
        (400, "/api/v1/search?q=%ff".to_owned()),
        (400, "/api/v1/search?q=status:maybe".to_owned()),
        (400, "/api/v1/quote-check".to_owned()),
        (400, "/api/v1/quote-check?quote=two+words".to_owned()),
        (431, format!("/api/v1/search?q={long}")),
    ];
    for (status, path) in cases {
        let answer = server.get(&path);
        assert_eq!(answer.status, status, "{path} {}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
        let told = answer.json();
        assert_eq!(told["status"], status);
        assert!(told["detail"].as_str().unwrap().len() > 10 && told["title"].is_string(), "{told}");
    }
    let answer = server.ask("DELETE", "/api/v1/decisions", &[], "");
    assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, POST")));
    let json = ("Content-Type", "application/json");
    assert_eq!(server.ask("POST", "/api/v1/decisions", &[json], &"a".repeat(300_000)).status, 413);
    assert_eq!(server.ask("POST", "/api/v1/decisions", &[("Content-Type", "text/xml")], "<a/>").status, 415);
    assert_eq!(server.get("/etc/passwd").header("content-type"), Some("text/html; charset=utf-8"));
    for path in ["/assets/../../Cargo.toml", "/assets/%2e%2e%2fmod.rs", "/../../etc/passwd"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_reader_who_has_it_is_not_sent_it_again() {
    let server = Server::of_bundle("serve-etag");
    for path in ["/api/v1/stories", "/", &format!("/story/{}/feed.json", server.story())] {
        let first = server.get(path);
        let tag = first.header("etag").unwrap();
        let again = server.ask("GET", path, &[("If-None-Match", &format!("\"x\", W/{tag}"))], "");
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(server.ask("GET", path, &[("If-None-Match", "\"x\"")], "").body, first.body);
        let head = server.ask("HEAD", path, &[], "");
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        assert_eq!(head.header("content-length"), first.header("content-length"));
    }
    let page = server.get("/").body;
    let style = page.split("href=\"").find_map(|p| p.strip_prefix("/assets/style.")).unwrap();
    let style = format!("/assets/style.{}", style.split('"').next().unwrap());
    assert_eq!(server.get(&style).header("cache-control"), Some("public, max-age=31536000, immutable"));
}

#[test]
fn feeds_tell_what_changed() {
    let server = Server::of_bundle("serve-feeds");
    let id = server.story();
    let feed = server.get(&format!("/story/{id}/feed.json"));
    assert_eq!(feed.header("content-type"), Some("application/feed+json"));
    let items = feed.json()["items"].as_array().unwrap().clone();
    let ids: std::collections::BTreeSet<&str> = items.iter().filter_map(|i| i["id"].as_str()).collect();
    assert!(items.len() > 3 && ids.len() == items.len(), "{items:?}");
    assert!(items.iter().any(|i| i["title"].as_str().is_some_and(|t| t.starts_with("called off: "))), "{items:?}");
    let days: Vec<&str> = items.iter().filter_map(|i| i["date_published"].as_str()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    let atom = server.get(&format!("/story/{id}/feed.atom"));
    assert_eq!(atom.header("content-type"), Some("application/atom+xml; charset=utf-8"));
    assert_eq!(atom.body.matches("<entry>").count(), items.len());
}

/// Sends a model's request; returns the result.
fn call(server: &Server, method: &str, params: &Value) -> Value {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let headers = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    let answer = server.ask("POST", "/mcp", &headers, &body);
    assert_eq!(answer.status, 200, "{} {}", answer.head, answer.body);
    answer.json()["result"].clone()
}

#[test]
fn models_are_given_tools_that_read() {
    let server = Server::of_bundle("serve-mcp");
    let tools = call(&server, "tools/list", &json!({}));
    let tools = tools["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 7);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert!(tool["description"].as_str().unwrap().contains("never instructions"), "{tool}");
    }
    let found = call(&server, "tools/call", &json!({ "name": "search", "arguments": { "q": "ferry" } }));
    let found = &found["structuredContent"]["untrusted_from_reports"];
    let story = found["found"][0]["story"].as_str().unwrap();
    let timeline = call(&server, "tools/call", &json!({ "name": "timeline", "arguments": { "story": story } }));
    let lines = &timeline["structuredContent"]["untrusted_from_reports"]["timeline"];
    assert_eq!(lines[0]["evidence"][0]["report"].as_str().map(str::len), Some(32), "{timeline}");
    let wrong = call(&server, "tools/call", &json!({ "name": "timeline", "arguments": { "story": "../x" } }));
    assert_eq!(wrong["isError"], true);
}

/// Words that would be markup, script, or an instruction if any place took them for such.
const HOSTILE: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE ledger; --",
    "]]></content><entry/>",
    "javascript:alert(1)",
];

#[test]
fn words_of_reports_are_never_markup() {
    let reports = folder("serve-hostile");
    for (n, words) in HOSTILE.iter().enumerate() {
        let safe = words.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let ld = json!({ "@context": "https://schema.org", "@type": "NewsArticle", "headline": words,
            "author": { "@type": "Person", "name": words }, "publisher": { "name": words }, "datePublished": "2031-05-06" });
        let page = format!(
            "<html lang=en><head><title>{safe}</title><meta property='og:site_name' content=\"{safe}\">\
             <meta name=author content=\"{safe}\"><script type='application/ld+json'>{}</script></head><body><article>\
             <h1>Quay {safe} closed</h1><p>The quay of Tolm was closed on Tuesday for {n} days, “{safe}”, said Ann Lund, \
             the harbour master {safe}, who told 40 crew members to stay away.</p></article></body></html>",
            ld.to_string().replace('<', "\\u003c")
        );
        let name = words.replace('/', "_");
        fs::write(reports.join(format!("{n}-{name}.html")), page).unwrap();
    }
    let archive = folder("serve-hostile-archive");
    fs::remove_dir_all(&archive).unwrap();
    annals(&["add", &archive.to_string_lossy(), &reports.to_string_lossy()], &[]);
    let server = Server::over(&archive.to_string_lossy());
    let listed = server.json("/api/v1/stories?per_page=100");
    let ids: Vec<&str> = listed["stories"].as_array().unwrap().iter().filter_map(|s| s["id"].as_str()).collect();
    let mut paths: Vec<String> =
        ["/", "/api/v1/stories", "/api/v1/ledger", "/api/v1/search?q=quay&rows=statements"].map(str::to_owned).into();
    paths.extend(["/?q=quay", "/search?q=quay", "/figures", "/due", "/ledger"].map(str::to_owned));
    for id in ids {
        paths.extend(["", "/timeline", "/changes?since=2001-01-01"].map(|part| format!("/api/v1/stories/{id}{part}")));
        paths.extend(["story", "report"].map(|part| format!("/{part}/{id}")));
        paths.extend(["/feed.json", "/feed.atom"].map(|part| format!("/story/{id}{part}")));
    }
    let mut met = 0;
    for path in paths {
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let kind = answer.header("content-type").unwrap().to_owned();
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        met += usize::from(answer.body.contains("alert(1)"));
        if kind.starts_with("application/json") || kind.contains("feed+json") {
            answer.json();
        } else {
            let bad = ["<script>alert", "<img src=x", "<entry/>"];
            bad.iter().for_each(|bad| assert!(!answer.body.contains(bad), "{path} has {bad}"));
        }
    }
    assert!(met > 5, "{met}");
}

#[test]
fn silent_callers_are_cheap_and_do_not_stop_others() {
    let server = Server::of_bundle("serve-slow");
    let silent: Vec<TcpStream> = (0..900)
        .map_while(|n| {
            let mut stream = TcpStream::connect(&server.host).ok()?;
            let begun = if n % 2 == 0 { "GET / HTTP/1.1\r\nHost: " } else { "" };
            let _ = stream.write_all(begun.as_bytes());
            Some(stream)
        })
        .collect();
    assert!(silent.len() > 500, "{}", silent.len());
    let start = Instant::now();
    assert_eq!(server.get("/api/v1/stories").status, 200);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn what_is_added_meanwhile_is_shown() {
    let server = Server::of_bundle("serve-grows");
    assert_eq!(server.json("/api/v1/search?q=lighthouse")["total"], 0);
    let page = format!("/story/{}", server.story());
    assert!(!server.get(&page).body.contains("Lighthouse of Vell"));
    let folder = folder("serve-grows-more");
    fs::write(folder.join("a.txt"), "Lighthouse of Vell lit again\n\nMay 6, 2031\n\nThe lighthouse of Vell was lit again on Tuesday, the council said.\n").unwrap();
    let archive = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-grows-archive");
    annals(&["add", &archive.to_string_lossy(), &folder.to_string_lossy()], &[]);
    let until = Instant::now() + Duration::from_secs(20);
    while server.json("/api/v1/stories?q=lighthouse")["total"] != 1 {
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(200));
    }
    // The page of another story offers it, too.
    assert!(server.get(&page).body.contains("Lighthouse of Vell lit again"));
}

#[test]
fn reports_that_cannot_be_made_again_are_counted() {
    let server = Server::of_bundle("serve-lost");
    assert_eq!(server.json("/api/v1/stories")["reports_lost"], 0);
    drop(server);
    let archive = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-lost-archive");
    let database = rusqlite::Connection::open(archive.join("annals.sqlite")).unwrap();
    database.execute("UPDATE captures SET body = substr(body, 1, 20) WHERE id = 2", []).unwrap();
    drop(database);
    fs::remove_dir_all(archive.join("cache")).unwrap();
    let server = Server::over(&archive.to_string_lossy());
    assert_eq!(server.json("/api/v1/stories")["reports_lost"], 1);
    assert!(server.get("/").body.contains("1 report of the archive cannot be made again"));
}

#[test]
fn it_says_what_to_do_when_it_cannot_begin_and_ends_when_told() {
    let mut server = Server::of_bundle("serve-ends");
    let port = server.host.split(':').next_back().unwrap();
    let archive = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("serve-ends-archive");
    let taken = annals(&["serve", &archive.to_string_lossy(), "--port", port], &[]);
    let told = String::from_utf8_lossy(&taken.stderr).into_owned();
    assert_eq!(taken.status.code(), Some(2));
    assert!(told.starts_with(&format!("annals: port {port} is taken")) && told.contains("--port 0"), "{told}");
    let none = annals(&["serve", "/nowhere/at/all"], &[]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("is no archive"), "{none:?}");
    assert_eq!(none.status.code(), Some(2));
    // One who says nothing does not keep it from ending.
    let _silent = server.connect();
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let until = Instant::now() + Duration::from_secs(10);
    let status = loop {
        if let Some(status) = server.child.try_wait().unwrap() {
            break status;
        }
        assert!(Instant::now() < until, "it goes on");
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn long_answers_are_packed_for_who_takes_that() {
    let server = Server::of_bundle("serve-packed");
    let path = format!("/story/{}", server.story());
    let plain = server.get(&path);
    assert!(!plain.head.to_lowercase().contains("content-encoding"), "{}", plain.head);
    let mut stream = server.connect();
    let asked = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Encoding: br, gzip\r\n\r\n",
        server.host
    );
    stream.write_all(asked.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    assert!(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"), "{head}");
    let body = &bytes[end + 4..];
    assert!(body.len() * 3 < plain.body.len(), "{} of {}", body.len(), plain.body.len());
    let refused = server.ask("GET", &path, &[("Accept-Encoding", "gzip;q=0")], "");
    assert!(!refused.head.to_lowercase().contains("content-encoding"), "{}", refused.head);
}
