//! Invented plain-text reports for measuring speed: stories that grow over days, copies among them.
//!
//! The same numbers give the same bytes: chance comes from a fixed linear congruential generator.

use anyhow::Result;
use std::fmt::Write as _;
use std::path::Path;

/// Numbers that look random (Knuth's MMIX generator, upper bits).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Returns a number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    /// Returns an invented name of two or three syllables.
    fn name(&mut self) -> String {
        let mut name = String::new();
        for _ in 0..2 + self.below(2) {
            name.push_str(self.pick(&[
                "bra", "del", "fen", "gor", "hal", "ist", "ka", "lo", "mar", "nor", "pel", "ros", "sti", "tar", "ven",
                "wil",
            ]));
        }
        name[..1].to_uppercase() + &name[1..]
    }
}

const ROLES: [&str; 8] = ["Mayor", "Governor", "Minister", "Colonel", "Dr", "Captain", "Professor", "Judge"];
const THINGS: [&str; 8] = ["ships", "houses", "patients", "strikers", "buses", "tents", "bottles", "voters"];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const ACTS: [&str; 8] = [
    "called off the talks",
    "met the delegation",
    "will visit the harbour",
    "postponed the vote",
    "opened the bridge",
    "ordered an inquiry",
    "signed the agreement",
    "evacuated the district",
];

/// Who and what a story is about.
struct Story {
    people: Vec<(String, String)>,
    place: String,
    body: String,
}

/// Writes `reports` files of about `words` words into `dir`, which is made.
pub(crate) fn write(reports: usize, words: usize, dir: &Path) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    let mut dice = Dice(7);
    let mut stories: Vec<Story> = Vec::new();
    for n in 0..reports {
        if n % 6 == 0 {
            let people =
                (0..5).map(|_| (dice.pick(&ROLES).to_owned(), format!("{} {}", dice.name(), dice.name()))).collect();
            stories.push(Story { people, place: dice.name(), body: String::new() });
        }
        let recent = stories.len() - 1 - dice.below(stories.len().min(5));
        let story = &mut stories[recent];
        let body = if dice.below(5) == 0 && !story.body.is_empty() {
            story.body.clone()
        } else {
            body(&mut dice, story, words)
        };
        story.body.clone_from(&body);
        let day = 1 + (n * 28 / reports.max(1)) % 28;
        let report = format!(
            "{} Herald\n\n{} and {} in {}\n\nBy {} {}\n{day} May 2025\n\n{body}",
            dice.name(),
            dice.pick(&THINGS),
            dice.pick(&ACTS),
            story.place,
            dice.name(),
            dice.name()
        );
        std::fs::write(dir.join(format!("{n:06}.txt")), report)?;
    }
    Ok(())
}

/// Returns `count` invented news pages of about 50 KB: a long menu, a script, an article of some 500 words, a footer.
pub(crate) fn pages(count: usize) -> Vec<String> {
    let mut dice = Dice(11);
    (0..count).map(|n| page(&mut dice, n)).collect()
}

fn page(dice: &mut Dice, n: usize) -> String {
    let people = (0..5).map(|_| (dice.pick(&ROLES).to_owned(), format!("{} {}", dice.name(), dice.name()))).collect();
    let story = Story { people, place: dice.name(), body: String::new() };
    let title = format!("{} {} in {}", dice.name(), dice.pick(&ACTS), story.place);
    let (mut menu, mut script) = (String::new(), String::new());
    for item in 0..150 {
        let (place, of) = (dice.name(), dice.name());
        let _ =
            write!(menu, "<li class=\"menu-item menu-item-{item}\"><a href=\"/{place}/{of}/\">{place} {of}</a></li>");
        let _ = write!(script, "\"{place}{item}\":{{\"id\":{},\"of\":\"{of}\"}},", dice.below(1_000_000));
    }
    let text: String = body(dice, &story, 500).split("\n\n").map(|p| format!("<p class=\"text\">{p}</p>\n")).collect();
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title} - Quay Herald</title><meta property=\"article:published_time\" content=\"2031-05-{:02}T10:00:00Z\"><script>var state={{{script}}}</script></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1><p class=\"byline\">By {} {}</p>{text}</article></main><footer><ul>{menu}</ul></footer></body></html>",
        1 + n % 28,
        dice.name(),
        dice.name()
    )
}

fn body(dice: &mut Dice, story: &Story, words: usize) -> String {
    let mut body = String::new();
    let mut count = 0;
    while count < words {
        let (role, name) = &story.people[dice.below(story.people.len())];
        let surname = name.split(' ').nth(1).unwrap_or(name);
        let sentence = match dice.below(5) {
            0 => format!("{role} {name} {} in {} on {}.", dice.pick(&ACTS), story.place, dice.pick(&DAYS)),
            1 => format!(
                "“We counted {} {} and nobody asked us why,” {surname} said on {}.",
                dice.below(900) + 2,
                dice.pick(&THINGS),
                dice.pick(&DAYS)
            ),
            2 => format!(
                "More than {} {} were waiting outside {} by {} evening, according to {role} {surname}.",
                dice.below(9000),
                dice.pick(&THINGS),
                story.place,
                dice.pick(&DAYS)
            ),
            3 => format!(
                "{surname} said that the {} would be ready by {} May and that it would cost {} million crowns.",
                dice.pick(&THINGS),
                1 + dice.below(30),
                1 + dice.below(90)
            ),
            _ => format!(
                "The people of {} have heard the same promise for {} years, and the rain has not stopped since {}.",
                story.place,
                2 + dice.below(20),
                dice.pick(&DAYS)
            ),
        };
        count += sentence.split(' ').count();
        let _ = write!(body, "{sentence}{}", if dice.below(3) == 0 { "\n\n" } else { " " });
    }
    body
}
