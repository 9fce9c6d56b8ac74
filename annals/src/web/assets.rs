//! The files the pages need, inside the program. Their names hold their hash, so a browser may keep them for ever.

use super::Site;
use super::exchange::{Given, Kind, Method, Param, Problem, Reply, Route};
use std::hash::{DefaultHasher, Hasher};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    href: String,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset(
            "style.css",
            "text/css; charset=utf-8",
            concat!(include_str!("../view/html/style.css"), include_str!("assets/style.css")).as_bytes(),
        ),
        asset("site.js", "text/javascript; charset=utf-8", include_bytes!("assets/site.js")),
    ]
});

fn asset(name: &'static str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    let (stem, suffix) = name.split_once('.').unwrap_or((name, ""));
    Asset { name, href: format!("/assets/{stem}.{:016x}.{suffix}", hasher.finish()), kind, bytes }
}

/// Returns the address of a file, for a page to name it; nothing is served under the name of one that is not there.
pub(crate) fn href(name: &str) -> &'static str {
    ASSETS.iter().find(|a| a.name == name).map_or("/assets/missing", |a| &a.href)
}

pub(super) const ROUTES: &[Route] = &[Route {
    method: Method::Get,
    path: "/assets/{name}",
    takes: &[Param { name: "name", kind: Kind::Text(100), needed: true, says: "The name with its hash." }],
    run: serve,
}];

fn serve(_: &Site, given: &Given) -> Result<Reply, Problem> {
    let path = format!("/assets/{}", given.text("name").unwrap_or_default());
    let found = ASSETS.iter().find(|a| a.href == path).ok_or_else(|| Problem::missing("such file"))?;
    Ok(Reply { is_lasting: true, ..Reply::new(found.kind, found.bytes) })
}
