//! Answers, kept while what they were made of stays as it is: a page that many ask for is made once, and a story's again only
//! when the story changes.

use super::exchange::{Given, Method, Reply, Route};
use crate::app::shelf::Holding;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes kept at most; and the largest answer that is kept.
const MOST: usize = 32 * 1024 * 1024;
const LARGEST: usize = MOST / 4;

/// Answers by their addresses, the last asked for behind.
#[derive(Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    replies: Vec<Made>,
}

/// An answer.
struct Made {
    address: String,
    /// What it was made of.
    stamp: String,
    reply: Reply,
}

impl Cache {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the answer to an address that was made of the same.
    pub(super) fn get(&self, stamp: &str, address: &str) -> Option<Reply> {
        let mut kept = self.kept();
        let at = kept.replies.iter().position(|made| made.address == address && made.stamp == stamp)?;
        let found = kept.replies.remove(at);
        let reply = found.reply.clone();
        kept.replies.push(found);
        Some(reply)
    }

    /// Keeps an answer that was made of what `stamp` stands for, and forgets those asked for longest ago.
    pub(super) fn put(&self, stamp: &str, address: &str, reply: &Reply) {
        if reply.status != 200 || reply.is_early || reply.bytes.len() > LARGEST {
            return;
        }
        let mut kept = self.kept();
        kept.replies.retain(|made| made.address != address);
        kept.replies.push(Made { address: address.to_owned(), stamp: stamp.to_owned(), reply: reply.clone() });
        let size = |made: &Made| made.address.len() + made.reply.bytes.len();
        let mut bytes: usize = kept.replies.iter().map(size).sum();
        while bytes > MOST {
            bytes -= size(&kept.replies.remove(0));
        }
    }
}

/// Returns what the answer of a route is made of: a story, or all that the archive holds. The page of a story offers others,
/// too, with which it may be one.
pub(super) fn stamp(holding: &Holding, route: &Route, given: &Given) -> String {
    let is_of_one = route.path.contains("/{id}") && route.path != "/story/{id}";
    let of_story = is_of_one.then(|| holding.stamp(given.text("id")?)).flatten();
    of_story.unwrap_or_else(|| holding.head.clone())
}

/// Says whether what a route gives changes with what is held alone: what a search finds depends on the index, too.
pub(super) fn may_keep(route: &Route, given: &Given) -> bool {
    let searches = route.path.ends_with("/search") || ["q", "outlet", "person"].iter().any(|n| given.text(n).is_some());
    route.method == Method::Get && !searches && !route.path.ends_with("/ledger") && !route.path.ends_with("/decisions")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_kept_until_the_archive_grows_or_others_need_the_room() {
        let cache = Cache::default();
        let reply = |bytes: usize| Reply::new("text/plain", vec![0; bytes]);
        cache.put("1", "/a", &reply(3));
        assert_eq!(cache.get("1", "/a").map(|r| r.bytes.len()), Some(3));
        assert!(cache.get("2", "/a").is_none() && cache.get("1", "/b").is_none());
        (0..5).for_each(|n| cache.put("1", &format!("/{n}"), &reply(LARGEST - 10)));
        assert!(cache.get("1", "/a").is_none() && cache.get("1", "/4").is_some());
        cache.put("3", "/4", &Reply { is_early: true, ..reply(1) });
        assert!(cache.get("3", "/4").is_none());
        cache.put("2", "/4", &reply(1));
        assert!(cache.get("1", "/4").is_none() && cache.get("2", "/4").is_some());
    }
}
