//! The record in the shapes of other programs, all made from its public shape (`view::json`).

pub(crate) mod annotations;
pub(crate) mod csv;
mod days;
pub(crate) mod money;
pub(crate) mod pack;
pub(crate) mod parquet;
pub(crate) mod references;
mod schema;
pub(crate) mod sha256;
mod sheets;
pub(crate) mod sqlite;
pub(crate) mod timeline;

/// Returns an address with the characters that no address may hold (RFC 3987) in percent code, so that strict readers take
/// it and none of them ends a field of BibTeX.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | ' ' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c if c.is_control() => out.extend(c.to_string().bytes().map(|byte| format!("%{byte:02X}"))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_only_what_one_may() {
        assert_eq!(address("https://a.example/%20{b} c#d"), "https://a.example/%20%7Bb%7D%20c#d");
        assert_eq!(address("https://a.example/é\u{85}"), "https://a.example/é%C2%85");
    }
}
