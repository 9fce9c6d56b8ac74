//! What people decide, sent by a script as JSON or by a page as a form. The token of the run was checked before.

use super::Site;
use super::exchange::{Given, JSON, Kind, Method, Param, Problem, Reply, Route};
use crate::app::decide::{self, Refused};
use crate::app::shelf::Holding;
use annals_store::{Decision, Verb, Writer};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// Most characters of a name, and of a reason.
pub(super) const NAME: usize = 500;
pub(super) const REASON: usize = 2_000;

/// The words for what can be decided.
pub(super) const VERBS: &[&str] = &["same", "not-same", "merge", "split", "said-by", "not-said-by"];

const TOKEN: Param = Param { name: "token", kind: Kind::Text(100), needed: true, says: "The token of this run." };
const BY: Param = Param { name: "by", kind: Kind::Text(NAME), needed: false, says: "Who decides." };
const WHY: Param = Param { name: "why", kind: Kind::Text(REASON), needed: false, says: "Why." };
const BACK: Param = Param { name: "back", kind: Kind::Text(500), needed: false, says: "The page to go on to." };

/// Where the forms of pages go.
pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Method::Post,
        path: "/decisions",
        takes: &[
            TOKEN,
            BY,
            WHY,
            BACK,
            Param { name: "decision", kind: Kind::Of(VERBS), needed: true, says: "What is decided." },
            Param { name: "a", kind: Kind::Text(NAME), needed: true, says: "A name, a report, or a statement." },
            Param { name: "b", kind: Kind::Text(NAME), needed: true, says: "Another; of a statement, a name." },
        ],
        run: |site, given| {
            let text = |name| given.text(name).unwrap_or_default().to_owned();
            let (a, b) = (text("a"), text("b"));
            keep(site, &Told { decision: text("decision"), a, b, by: by(given), why: why(given) })?;
            Ok(Reply::go(back(given)))
        },
    },
    Route {
        method: Method::Post,
        path: "/decisions/undo",
        takes: &[
            TOKEN,
            BY,
            WHY,
            BACK,
            Param { name: "number", kind: Kind::Number(1, i64::MAX / 2), needed: true, says: "The decision's number." },
        ],
        run: |site, given| {
            take_back(site, given.text("number").unwrap_or_default(), by(given), why(given))?;
            Ok(Reply::go(back(given)))
        },
    },
];

fn by(given: &Given) -> Option<String> {
    given.text("by").map(str::to_owned)
}

fn why(given: &Given) -> Option<String> {
    given.text("why").map(str::to_owned)
}

/// Returns the page to go on to: one of this server's, whatever the form says.
fn back(given: &Given) -> &str {
    let is_own = |place: &&str| {
        let is_path = place.starts_with('/') && !place.starts_with("//") && !place.contains('\\');
        is_path && place.bytes().all(|b| b.is_ascii_graphic())
    };
    given.text("back").filter(is_own).unwrap_or("/decisions")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    decision: String,
    a: String,
    b: String,
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ground {
    #[serde(default)]
    by: Option<String>,
    #[serde(default)]
    why: Option<String>,
}

/// Reads the JSON of a request: an object, as a list of the same values would be taken, too.
fn body<T: DeserializeOwned>(given: &Given) -> Result<T, Problem> {
    let object = serde_json::from_slice::<Map<String, Value>>(&given.body);
    let read = object.and_then(|object| serde_json::from_value(Value::Object(object)));
    read.map_err(|e| Problem::new(400, format!("the body is not as it must be: {e}")))
}

pub(super) fn decide(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let told: Told = body(given)?;
    made(site, &keep(site, &told)?)
}

pub(super) fn undo(site: &Site, given: &Given) -> Result<Reply, Problem> {
    let Ground { by, why } = body(given)?;
    made(site, &take_back(site, given.text("number").unwrap_or_default(), by, why)?)
}

fn made(site: &Site, decision: &Decision) -> Result<Reply, Problem> {
    let place = Some("/api/v1/decisions".to_owned());
    Ok(Reply { status: 201, place, ..Reply::new(JSON, json(&site.now(), decision, true).to_string()) })
}

/// Returns a decision as JSON; `note` says where nothing follows from it, if that is so of a part of the archive.
pub(super) fn json(holding: &Holding, d: &Decision, holds: bool) -> Value {
    json!({
        "number": d.seq, "at": d.at, "decision": d.verb.name(), "a": d.a, "b": d.b, "by": d.by, "why": d.why, "holds": holds,
        "note": holding.half(d.seq as usize),
    })
}

fn keep(site: &Site, told: &Told) -> Result<Decision, Problem> {
    let verb = match told.decision.as_str() {
        "same" => Verb::Same,
        "not-same" => Verb::NotSame,
        "merge" => Verb::Merge,
        "split" => Verb::Split,
        "said-by" => Verb::SaidBy,
        "not-said-by" => Verb::NotSaidBy,
        _ => return Err(Problem::new(400, format!("decision: write one of: {}", VERBS.join(", ")))),
    };
    write(site, verb, &told.a, &told.b, (told.by.clone(), told.why.clone()))
}

fn take_back(site: &Site, number: &str, by: Option<String>, why: Option<String>) -> Result<Decision, Problem> {
    write(site, Verb::Undo, number, "", (by, why))
}

/// Writes a decision; who reads the next page sees what follows from it.
fn write(
    site: &Site,
    verb: Verb,
    a: &str,
    b: &str,
    (by, why): (Option<String>, Option<String>),
) -> Result<Decision, Problem> {
    let is_long = |text: &str, most: usize| text.chars().count() > most;
    let of = |text: &Option<String>, most| text.as_deref().is_some_and(|t| is_long(t, most));
    if is_long(a, NAME) || is_long(b, NAME) || of(&by, NAME) || of(&why, REASON) {
        let most = format!("a name has at most {NAME} characters, a reason {REASON}");
        return Err(Problem::new(400, most));
    }
    if matches!(verb, Verb::Merge | Verb::Split) {
        for id in [a, b] {
            Kind::Report.refuses(id).map_or(Ok(()), |why| Err(Problem::new(400, why)))?;
        }
    }
    let mut writer = Writer::open(site.shelf().folder(), |_| false)?;
    let decision = Decision { seq: 0, at: String::new(), by, why, verb, a: a.to_owned(), b: b.to_owned() };
    let kept = decide::decide(&mut writer, decision).map_err(|refused| match refused {
        Refused::Unclear(why) => Problem::new(400, why),
        Refused::Missing(why) => Problem::new(404, why),
        Refused::Done(why) => Problem::new(409, why),
        Refused::Archive(error) => error.into(),
    })?;
    drop(writer);
    site.shelf().look(|_| ())?;
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_this_server_only() {
        let of = |place: &str| {
            let mut given = Given::default();
            given.values.insert("back", place.to_owned());
            back(&given).to_owned()
        };
        assert_eq!(of("/story/ab?x=1#p"), "/story/ab?x=1#p");
        for bad in ["//evil.test", "/\\evil.test", "https://evil.test", "", "/a\r\nb", "javascript:x"] {
            assert_eq!(of(bad), "/decisions", "{bad}");
        }
    }
}
