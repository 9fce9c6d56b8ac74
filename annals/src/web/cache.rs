//! Answers that were made for the archive as it stands, kept while it does: a page that many ask for is made once.

use super::exchange::{Given, Method, Reply, Route};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes kept at most; and the largest answer that is kept.
const MOST: usize = 32 * 1024 * 1024;
const LARGEST: usize = MOST / 4;

/// Answers by their addresses, the last asked for behind.
#[derive(Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// What the archive held when they were made.
    head: String,
    replies: Vec<(String, Reply)>,
}

impl Cache {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the answer to an address that was made when the archive held the same.
    pub(super) fn get(&self, head: &str, address: &str) -> Option<Reply> {
        let mut kept = self.kept();
        if kept.head != head {
            return None;
        }
        let at = kept.replies.iter().position(|(of, _)| of == address)?;
        let found = kept.replies.remove(at);
        let reply = found.1.clone();
        kept.replies.push(found);
        Some(reply)
    }

    /// Keeps an answer that was begun when the archive held `head`, and forgets those asked for longest ago.
    pub(super) fn put(&self, head: &str, address: &str, reply: &Reply) {
        if reply.status != 200 || reply.bytes.len() > LARGEST {
            return;
        }
        let mut kept = self.kept();
        if kept.head != head {
            (kept.head, kept.replies) = (head.to_owned(), Vec::new());
        }
        kept.replies.retain(|(of, _)| of != address);
        kept.replies.push((address.to_owned(), reply.clone()));
        let mut bytes: usize = kept.replies.iter().map(|(of, r)| of.len() + r.bytes.len()).sum();
        while bytes > MOST {
            let (of, gone) = kept.replies.remove(0);
            bytes -= of.len() + gone.bytes.len();
        }
    }
}

/// Says whether what a route gives changes with the archive's head alone: what a search finds depends on the index, too.
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
        cache.put("2", "/b", &reply(1));
        assert!(cache.get("1", "/4").is_none());
    }
}
