//! Word classes, lemmas and trees of invented news, and what must hold for any text.

use annals_core::reading::syntax::{self, Relation, Syntax, Tense};
use annals_core::reading::words;
use annals_core::text::{Span, Text};

fn parse(body: &str) -> (Text, Syntax) {
    let text = Text::verbatim(body);
    let syntax = syntax::parse(&text, &words::split(&text));
    (text, syntax)
}

fn node(text: &Text, syntax: &Syntax, word: &str) -> usize {
    syntax.nodes.iter().position(|n| text.get(n.span) == word).expect("a word of the text")
}

/// `arc` is "child relation head"; the head of a root is "-".
fn check_arcs(body: &str, arcs: &[&str]) {
    let (text, syntax) = parse(body);
    for arc in arcs {
        let child = node(&text, &syntax, arc.split_once(' ').expect("child relation head").0);
        let of = syntax.nodes[child];
        let head = of.head.map_or("-", |h| text.get(syntax.nodes[h as usize].span));
        assert_eq!(format!("{} {} {head}", text.get(of.span), of.relation.name()), *arc, "{body}");
    }
}

#[test]
fn who_did_what_is_told_apart() {
    check_arcs("The minister opened the bridge.", &["minister nsubj opened", "bridge obj opened", "opened root -"]);
    check_arcs(
        "The bridge was opened by the minister in May.",
        &["bridge nsubj:pass opened", "minister obl:agent opened", "May obl opened", "was aux:pass opened"],
    );
}

#[test]
fn what_is_said_hangs_on_saying() {
    check_arcs(
        "The mayor said that the talks had failed.",
        &["mayor nsubj said", "talks nsubj failed", "failed ccomp said"],
    );
}

#[test]
fn tense_voice_and_negation_are_told() {
    let (text, syntax) = parse("The port was not closed. Dockers block it.");
    let closed = node(&text, &syntax, "closed");
    assert!(syntax.is_passive(closed) && syntax.is_negated(&text, closed));
    assert_eq!(syntax.tense(closed), Some(Tense::Past));
    let block = node(&text, &syntax, "block");
    assert!(!syntax.is_passive(block) && !syntax.is_negated(&text, block));
    assert_eq!(syntax.tense(block), Some(Tense::Present));
}

#[test]
fn subtrees_have_no_gaps() {
    let (text, syntax) = parse("The old harbour of Vell burned.");
    let harbour = node(&text, &syntax, "harbour");
    let span = syntax.subtree(harbour).map(|n| text.get(syntax.nodes[n].span)).collect::<Vec<_>>().join(" ");
    assert_eq!(span, "The old harbour of Vell");
    assert_eq!(syntax.top(syntax.subtree(harbour)), Some(harbour));
    assert_eq!(syntax.child(harbour, Relation::Amod), Some(1));
}

#[test]
fn lemmas_are_dictionary_forms() {
    let (text, syntax) = parse("The women were carrying children and fled to Vell.");
    let lemmas: Vec<_> = (0..syntax.nodes.len()).map(|n| syntax.lemma(&text, n)).collect();
    assert_eq!(lemmas.join(" "), "the woman be carry child and flee to Vell .");
}

#[test]
fn capitals_change_nothing() {
    check_arcs("THE MINISTER OPENED THE BRIDGE.", &["MINISTER nsubj OPENED", "BRIDGE obj OPENED"]);
}

/// Whatever the text: words are in order and whole, every sentence has a root, trees have no cycle.
fn check_any(body: &str) {
    let text = Text::verbatim(body);
    let words = words::split(&text);
    let syntax = syntax::parse(&text, &words);
    assert_eq!(syntax.sentences.len(), words.sentences.len());
    let mut end = 0;
    for (n, node) in syntax.nodes.iter().enumerate() {
        assert!(node.span.start() >= end);
        assert!(Span::within(body, node.span.start(), node.span.end()).is_some());
        assert!(!text.get(node.span).contains(char::is_whitespace));
        end = node.span.end();
        assert!(syntax.subtree(n).contains(&n));
        assert!(node.head.is_none_or(|h| syntax.nodes[h as usize].sentence == node.sentence));
        assert!(node.head.is_none_or(|h| syntax.subtree(h as usize).len() > syntax.subtree(n).len()));
        let _ = syntax.lemma(&text, n);
    }
    for (sentence, nodes) in words.sentences.iter().zip(&syntax.sentences) {
        assert!(syntax.nodes[nodes.clone()].iter().any(|n| n.head.is_none()));
        let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
        let kept: usize = syntax.nodes[nodes.clone()].iter().map(|n| letters(text.get(n.span))).sum();
        assert_eq!(kept, letters(text.get(sentence.span)));
    }
}

#[test]
fn any_text_is_read() {
    for body in [
        "",
        "\n \u{2028}",
        "🚢🚢 ¡Qué! Ærø’s «Ýmir» naïve",
        "Министр открыл мост. 部长开了桥。 وزير فتح الجسر.",
        "e\u{301}e\u{301}-\u{200d}x 'tis ''' ... .5 #a @b a@ @ # www. :// x.",
    ] {
        check_any(body);
    }
    let alphabet: Vec<char> = "aZ9.,'’-@#:/ \n\u{301}éßЖ中🚢\"“)(!?$".chars().collect();
    let mut chance = 7u64;
    for _ in 0..15 {
        let mut body = String::new();
        for _ in 0..60 {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            body.push(alphabet[(chance >> 33) as usize % alphabet.len()]);
        }
        check_any(&body);
    }
}

#[test]
fn what_goes_on_for_ever_is_read_in_pieces() {
    check_any(&"mile after mile ".repeat(120));
    check_any(&"a".repeat(2_000));
    check_any(&"-'a.b/".repeat(60));
}
