//! Reads what a request gives, as its route declares it. What is not declared is refused rather than passed over: a filter
//! with a letter wrong would otherwise show everything.

use super::Places;
use super::exchange::{Given, JSON, Method, Param, Problem, Route};
use hyper::Request;
use hyper::body::Bytes;
use hyper::header::CONTENT_TYPE;

const FORM: &str = "application/x-www-form-urlencoded";

/// Reads path, query and form.
///
/// # Errors
/// Names the first thing that is wrong.
pub(super) fn given(route: &Route, places: &Places, asked: &Request<Bytes>) -> Result<Given, Problem> {
    let mut given = Given { body: asked.body().clone(), ..Given::default() };
    for (name, value) in places {
        let value = decoded(value, false)?;
        let param = route.takes.iter().find(|p| p.name == *name);
        let is_good = param.is_some_and(|p| p.kind.refuses(&value).is_none());
        if !is_good {
            // An id that cannot be one is an address where nothing is.
            return Err(Problem::new(404, "there is nothing at this address"));
        }
        given.values.insert(name, value);
    }
    let query = asked.uri().query().unwrap_or_default();
    let is_form = kind_of(asked) == FORM;
    match route.method {
        Method::Get => pairs(route, query, &mut given)?,
        Method::Post if !query.is_empty() => return Err(Problem::new(400, "this address takes no query")),
        Method::Post if is_form => {
            let form = std::str::from_utf8(asked.body()).map_err(|_| Problem::new(400, "the form is not text"))?;
            pairs(route, form, &mut given)?;
        }
        Method::Post if kind_of(asked) == JSON => {}
        Method::Post => return Err(Problem::new(415, format!("send {JSON}"))),
    }
    if route.method == Method::Get || is_form {
        complete(route, &given)?;
    }
    Ok(given)
}

/// Returns the type of a request's body, without its parameters.
fn kind_of(asked: &Request<Bytes>) -> String {
    let told = asked.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Reads `a=1&b=2` into the values.
fn pairs(route: &Route, text: &str, given: &mut Given) -> Result<(), Problem> {
    for pair in text.split('&').filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name, true)?, decoded(value, true)?);
        let Some(param) = route.takes.iter().find(|p| p.name == name) else {
            let known: Vec<&str> = route.takes.iter().map(|p| p.name).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(Problem::new(400, format!("there is no parameter “{name}” here; there are: {known}")));
        };
        put(route, param, value, given)?;
    }
    Ok(())
}

/// Takes a value under its parameter's name.
fn put(route: &Route, param: &Param, value: String, given: &mut Given) -> Result<(), Problem> {
    // A form of a page sends fields that nobody filled in.
    let is_left = value.is_empty() && !param.needed && !route.path.starts_with("/api/");
    if let Some(why) = param.kind.refuses(&value).filter(|_| !is_left) {
        return Err(Problem::new(400, format!("{}: {why}", param.name)));
    }
    if given.values.insert(param.name, value).is_some() {
        return Err(Problem::new(400, format!("{} is given twice", param.name)));
    }
    Ok(())
}

/// Says what is needed and not there.
fn complete(route: &Route, given: &Given) -> Result<(), Problem> {
    match route.takes.iter().find(|p| p.needed && given.text(p.name).is_none()) {
        Some(param) => Err(Problem::new(400, format!("{} is needed: {}", param.name, param.says))),
        None => Ok(()),
    }
}

/// Undoes percent encoding; in queries and forms a plus is a space.
fn decoded(text: &str, is_form: bool) -> Result<String, Problem> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|b| (b as char).to_digit(16));
                let (Some(high), Some(low)) = (digit(), digit()) else {
                    return Err(Problem::new(400, "after % there must be two hexadecimal digits; write % as %25"));
                };
                bytes.push((high * 16 + low) as u8);
            }
            b'+' if is_form => bytes.push(b' '),
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_err(|_| Problem::new(400, "an address must be UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::exchange::{Kind, Reply};

    const ROUTE: Route = Route {
        method: Method::Get,
        path: "/x/{id}",
        takes: &[
            Param { name: "id", kind: Kind::Text(9), needed: true, says: "" },
            Param { name: "q", kind: Kind::Text(9), needed: false, says: "" },
        ],
        run: |_, _| Ok(Reply::new(JSON, "")),
    };

    fn q(query: &str) -> Result<Option<String>, u16> {
        let asked = Request::builder().uri(format!("/x/a?{query}")).body(Bytes::new()).map_err(|_| 0u16)?;
        let places = Places::from([("id", "a%2Fb".to_owned())]);
        let given = given(&ROUTE, &places, &asked).map_err(|p| p.status)?;
        assert_eq!(given.text("id"), Some("a/b"));
        Ok(given.text("q").map(str::to_owned))
    }

    #[test]
    fn a_query_is_taken_whole_or_not_at_all() {
        assert_eq!(q("q=a+b%C3%A9"), Ok(Some("a bé".into())));
        assert_eq!(q(""), Ok(None));
        assert_eq!(q("q="), Ok(None));
        for bad in ["r=1", "q=1&q=2", "q=%f", "q=%ff", "q=0123456789"] {
            assert_eq!(q(bad), Err(400), "{bad}");
        }
    }
}
