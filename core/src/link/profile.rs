//! What linking keeps of a report in place of its text: a [`Profile`], small enough that those of an archive lie in memory
//! together, and the packed words behind it, read again when the report is compared with another.

use super::Article;
use super::copies::claims::{self, Times};
use super::copies::code::Code;
use super::copies::features::Features;
use super::copies::origins::{self, Named};
use super::stories::{KEYS, Terms, Weighed, days, on_day};
use super::words::{self, Words};
use crate::packed::{Unpack, put, put_maybe, put_signed, put_str};
use crate::report::{Credit, CreditKind};
use crate::text::Span;
use crate::when::Day;

/// Who published a report and which newsrooms it names: what origins are gathered by.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sourcing {
    /// Who published it.
    pub outlet: Option<String>,
    /// The newsrooms it names.
    pub credit: Vec<Credit>,
    /// The one that its text comes from by its own words.
    pub(super) named: Option<Named>,
}

impl Sourcing {
    /// Reads what a report says of its sources.
    pub fn of(article: &Article<'_>) -> Sourcing {
        Sourcing {
            outlet: article.outlet.map(str::to_owned),
            credit: article.credit.to_vec(),
            named: origins::named(article),
        }
    }

    /// Writes it as bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        put_maybe(out, self.outlet.as_deref());
        put(out, self.credit.len() as u64);
        for credit in &self.credit {
            put_str(out, &credit.name);
            put(out, CREDITS.iter().position(|kind| *kind == credit.kind).unwrap_or(0) as u64);
            put_spans(out, credit.span.as_slice());
        }
        put(out, u64::from(self.named.is_some()));
        if let Some(named) = &self.named {
            put_str(out, &named.name);
            put(out, u64::from(named.openly));
            put_spans(out, &named.spans);
        }
    }

    /// Reads what [`Sourcing::pack`] wrote; none if it did not write this.
    pub fn unpack(from: &mut Unpack<'_>) -> Option<Sourcing> {
        let outlet = from.maybe()?;
        let credit = from.list(|from| {
            let name = from.words()?.to_owned();
            let kind = *CREDITS.get(from.number()? as usize)?;
            Some(Credit { name, kind, span: spans(from)?.first().copied() })
        })?;
        let named = match from.number()? {
            0 => None,
            _ => {
                let name = from.words()?.to_owned();
                let openly = from.number()? != 0;
                Some(Named { name, openly, spans: spans(from)? })
            }
        };
        Some(Sourcing { outlet, credit, named })
    }
}

/// What linking keeps of a report.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The last day of its published interval.
    pub(super) day: Option<Day>,
    pub(super) sourcing: Sourcing,
    /// By which its copies are found.
    pub(super) features: Features,
    /// By which reports of its story are found: terms and weights, the heaviest first.
    pub(super) keys: Vec<(u32, u16)>,
    /// The days that it writes out; its terms are among the words.
    pub(super) terms: Terms,
    /// Whether no mark ends its last sentence.
    pub(super) breaks_off: bool,
    pub(super) times: Times,
}

impl Profile {
    /// Reads a report: its profile, and its words packed. Threads may share this work.
    pub fn of(article: &Article<'_>) -> (Profile, Vec<u8>) {
        let body = words::body(article);
        let mut terms = Terms::of(article, &body);
        let weighed = terms.weighed.take().unwrap_or_default();
        let mut features = Features::of(&body);
        let mut keys = weighed.keys(KEYS);
        // Few of many that were made: an archive's profiles lie in memory together.
        features.shrink();
        keys.shrink_to_fit();
        let profile = Profile {
            day: article.day,
            sourcing: Sourcing::of(article),
            features,
            keys,
            terms,
            breaks_off: claims::breaks_off(article),
            times: Times::of(article),
        };
        (profile, pack_words(&body, &weighed))
    }

    /// Writes it as bytes.
    pub fn pack(&self, out: &mut Vec<u8>) {
        put(out, u64::from(self.day.is_some()));
        self.day.iter().for_each(|&day| put_signed(out, days(day)));
        self.sourcing.pack(out);
        self.features.pack(out);
        put(out, self.keys.len() as u64);
        for &(key, weight) in &self.keys {
            out.extend(key.to_le_bytes());
            out.extend(weight.to_le_bytes());
        }
        self.terms.pack_written(out);
        put(out, u64::from(self.breaks_off));
        put(out, u64::from(self.times.months));
        put(out, u64::from(self.times.weekdays));
    }

    /// Reads what [`Profile::pack`] wrote; none if it did not write this.
    pub fn unpack(bytes: &[u8]) -> Option<Profile> {
        let mut from = Unpack::new(bytes);
        let day = match from.number()? {
            0 => None,
            _ => Some(on_day(from.signed()?)?),
        };
        let sourcing = Sourcing::unpack(&mut from)?;
        let features = Features::unpack(&mut from)?;
        let count = from.count()?;
        let key = |k: &[u8]| (u32::from_le_bytes([k[0], k[1], k[2], k[3]]), u16::from_le_bytes([k[4], k[5]]));
        let keys = from.take(count * 6)?.chunks_exact(6).map(key).collect();
        let terms = Terms::unpack_written(&mut from)?;
        let breaks_off = from.number()? != 0;
        let times = Times { months: from.small()? as u16, weekdays: from.small()? as u8 };
        from.is_done().then_some(Profile { day, sourcing, features, keys, terms, breaks_off, times })
    }

    /// Returns whom the report has its text from.
    pub fn sourcing(&self) -> &Sourcing {
        &self.sourcing
    }

    /// Returns the last day of its published interval.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// Returns the days since 1970-01-01.
    pub(super) fn since_1970(&self) -> Option<i32> {
        self.day.map(days)
    }
}

/// Packs what a report is compared by: its words in few bytes, where each stands in its text, and its terms.
fn pack_words(body: &Words, weighed: &Weighed) -> Vec<u8> {
    let (mut code, mut places, mut out) = (Vec::new(), Vec::new(), Vec::new());
    Code::of(body).write(&mut code);
    let mut before = 0;
    for word in &body.words {
        put(&mut places, u64::from(word.start - before));
        put(&mut places, u64::from(word.end - word.start));
        before = word.end;
    }
    put(&mut out, code.len() as u64);
    put(&mut out, places.len() as u64);
    out.extend(code);
    out.extend(places);
    weighed.pack(&mut out);
    out
}

/// The packed words of a report.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a> {
    code: &'a [u8],
    places: &'a [u8],
    terms: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Takes apart what [`Profile::of`] packed.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Packed<'a>> {
        let mut from = Unpack::new(bytes);
        let (code, places) = (from.count()?, from.count()?);
        let (code, places) = (from.take(code)?, from.take(places)?);
        Some(Packed { code, places, terms: from.rest() })
    }

    /// Reads the words into `code`.
    pub(super) fn read_code(self, code: &mut Code) {
        code.read(self.code);
    }

    /// Returns where each word starts and ends in the text.
    pub(super) fn places(self) -> Option<Vec<(u32, u32)>> {
        let mut from = Unpack::new(self.places);
        let (mut places, mut before) = (Vec::new(), 0_u32);
        while !from.is_done() {
            let start = before.checked_add(from.small()?)?;
            before = start.checked_add(from.small()?)?;
            places.push((start, before));
        }
        Some(places)
    }

    pub(super) fn terms(self) -> Option<Weighed> {
        Weighed::unpack(&mut Unpack::new(self.terms))
    }
}

const CREDITS: [CreditKind; 4] = [CreditKind::Line, CreditKind::Contributed, CreditKind::Told, CreditKind::Photo];

/// Adds spans to bytes.
pub(super) fn put_spans(out: &mut Vec<u8>, spans: &[Span]) {
    put(out, spans.len() as u64);
    for span in spans {
        put(out, span.start() as u64);
        put(out, span.len() as u64);
    }
}

/// Reads what [`put_spans`] wrote.
pub(super) fn spans(from: &mut Unpack<'_>) -> Option<Vec<Span>> {
    let one = |from: &mut Unpack<'_>| {
        let start = from.small()?;
        Span::found(start, start.checked_add(from.small()?)?)
    };
    from.list(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_and_its_words_are_read_again() {
        let text = "“We lost 300 tonnes,” said Owen Tarle on 4 March 2031. The mill in Märrowby “will open”\n\nNPA";
        let body: Vec<Span> = Span::within(text, 0, text.len()).into_iter().collect();
        let credit = [Credit { name: "NPA".into(), kind: CreditKind::Line, span: Span::found(3, 6) }];
        let outlet = Some("The Elsham Echo");
        for day in [None, "2031-03-04".parse::<Day>().ok()] {
            let article = Article { day, title: "A mill burns", text, body: &body, outlet, credit: &credit };
            let (profile, packed) = Profile::of(&article);
            let mut bytes = Vec::new();
            profile.pack(&mut bytes);
            let again = Profile::unpack(&bytes).unwrap();
            assert_eq!(format!("{again:?}"), format!("{profile:?}"));
            assert!((0..bytes.len()).all(|end| Profile::unpack(&bytes[..end]).is_none()));
            let (words, packed) = (words::body(&article), Packed::of(&packed).unwrap());
            let places: Vec<(u32, u32)> = words.words.iter().map(|w| (w.start, w.end)).collect();
            assert_eq!(packed.places().unwrap(), places);
            assert_eq!(format!("{:?}", packed.terms()), format!("{:?}", Terms::of(&article, &words).weighed));
        }
    }
}
