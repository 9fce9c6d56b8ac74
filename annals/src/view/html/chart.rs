//! A quantity over time as a drawing: steps by the day a value holds for, one shape a source, ranges as whiskers, what
//! cannot both be right hollow. The table behind it has every value in words.

use crate::view::dates;
use crate::view::desk::Desk;
use crate::view::series::{Point, Series};
use annals_core::when::{Day, When};
use maud::{Markup, html};

/// The drawing's size and the room around its axes, in its own units: at its smallest one unit is one pixel of a phone.
const WIDE: f64 = 340.0;
const HIGH: f64 = 150.0;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 22.0;
const FLOOR: f64 = 22.0;
/// Room that a day takes beneath the axis, and a value above its mark.
const DAY: f64 = 46.0;
const LETTER: f64 = 6.2;
/// Sources that get a shape of their own; the others share the last.
const SHAPES: usize = 5;

/// A point that can be drawn.
struct Dot<'p, 'a> {
    point: &'p Point<'a>,
    from: Day,
    to: Day,
    source: usize,
}

/// Draws a quantity; nothing where words tell it faster: two values, or a level line.
pub(super) fn steps(desk: &Desk<'_>, series: &Series<'_>, year: Option<i16>) -> Markup {
    let mut sources: Vec<String> = Vec::new();
    let mut dots: Vec<Dot> = Vec::new();
    for point in series.points.iter().filter(|p| p.number.is_finite() && p.number >= 0.0) {
        let Some(day) = point.day else { continue };
        let name = if point.by.is_empty() { desk.outlet(point.rows[0].report) } else { point.by.join(", ") };
        let known = sources.iter().position(|s| *s == name);
        let source = known.unwrap_or_else(|| {
            sources.push(name);
            sources.len() - 1
        });
        // A stretch longer than the drawing would push all days to one side.
        let from = point.as_of.as_ref().map(When::from).filter(|from| (day - *from).get_days() <= 31).unwrap_or(day);
        dots.push(Dot { point, from, to: day, source });
    }
    let (Some(first), Some(last)) = (dots.iter().map(|d| d.from).min(), dots.iter().map(|d| d.to).max()) else {
        return html! {};
    };
    let days = f64::from((last - first).get_days());
    let most = dots.iter().map(|d| high(desk, d.point)).fold(0.0, f64::max);
    if days < 1.0 || most <= 0.0 || dots.len() < 3 || series.values() < 2 {
        return html! {};
    }
    let plane = Plane { first, days, most };
    let told: Vec<String> = dots.iter().map(|d| told(d, &sources, year)).collect();
    html! {
        figure.chart {
            svg.steps viewBox={ "0 0 " (WIDE) " " (HIGH) } role="img" aria-label={ "Steps over time. " (told.join("; ")) } {
                path.base d={ "M0 " (y(HIGH - FLOOR)) "H" (WIDE) } {}
                (ticks(&dots, &plane, year))
                // What nobody contradicts is one course, whoever counts; each source has its own beside it.
                (line(&dots, "course", &plane, |d| !d.point.contradicted))
                @for source in 0..sources.len() { (line(&dots, "step", &plane, |d| d.source == source)) }
                @for (n, dot) in dots.iter().enumerate() { (mark(desk, dot, &plane, &told[n])) }
                (values(&dots, &plane))
            }
            @if sources.len() > 1 {
                figcaption.legend {
                    @for (n, name) in sources.iter().enumerate() {
                        span { svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" { (shape(n, 6.0, 6.0, "dot")) } " " span dir="auto" { (name) } }
                    }
                    @if series.contradicts() { span { svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" { (shape(0, 6.0, 6.0, "hollow")) } " hollow: cannot both be right" } }
                }
            }
        }
    }
}

/// Where days and values lie.
struct Plane {
    first: Day,
    days: f64,
    most: f64,
}

impl Plane {
    fn x(&self, day: Day) -> f64 {
        LEFT + 6.0 + f64::from((day - self.first).get_days()) / self.days * (WIDE - LEFT - RIGHT - 12.0)
    }

    fn y(&self, value: f64) -> f64 {
        HIGH - FLOOR - (value / self.most) * (HIGH - FLOOR - TOP)
    }
}

fn y(at: f64) -> String {
    format!("{at:.1}")
}

/// Returns the most that the figures of a point allow.
fn high(desk: &Desk<'_>, point: &Point<'_>) -> f64 {
    let highs = point.rows.iter().map(|r| desk.figure(r).high).filter(|h| h.is_finite());
    highs.fold(point.number, f64::max)
}

fn told(dot: &Dot<'_, '_>, sources: &[String], year: Option<i16>) -> String {
    let when = dates::interval(&When::between(dot.from, dot.to), year);
    let doubt = if dot.point.contradicted { ", contradicted" } else { "" };
    format!("{}, {when}, {}{doubt}", dot.point.value, sources[dot.source])
}

/// Draws the days beneath the axis that have room.
fn ticks(dots: &[Dot<'_, '_>], plane: &Plane, year: Option<i16>) -> Markup {
    let mut days: Vec<Day> = dots.iter().map(|d| d.to).collect();
    days.sort();
    days.dedup();
    let (first, last) = (plane.first, *days.last().unwrap_or(&plane.first));
    let mut shown = vec![last];
    if (plane.x(last) - plane.x(first)).abs() >= DAY {
        shown.push(first);
    }
    for &day in &days {
        if shown.iter().all(|&s| (plane.x(s) - plane.x(day)).abs() >= DAY) {
            shown.push(day);
        }
    }
    let anchor = |day: Day| {
        if day == first {
            "start"
        } else if day == last {
            "end"
        } else {
            "middle"
        }
    };
    let at = |day: Day| {
        if day == first {
            1.0
        } else if day == last {
            WIDE - 1.0
        } else {
            plane.x(day)
        }
    };
    html! {
        @for &day in &days { path.tick d={ "M" (y(plane.x(day))) " " (y(HIGH - FLOOR)) "v4" } {} }
        @for &day in &shown { text.day x=(y(at(day))) y=(y(HIGH - 5.0)) text-anchor=(anchor(day)) { (dates::short(day, year)) } }
    }
}

/// Draws the steps of some of the values: each holds until the next.
fn line(dots: &[Dot<'_, '_>], class: &str, plane: &Plane, is_of: impl Fn(&Dot<'_, '_>) -> bool) -> Markup {
    let mut path = String::new();
    let mut taken = None;
    for dot in dots.iter().filter(|d| is_of(d)) {
        if taken == Some(dot.to) {
            continue;
        }
        let (x, y) = (plane.x(dot.to), plane.y(dot.point.number));
        path.push_str(&if taken.is_none() { format!("M{x:.1} {y:.1}") } else { format!("H{x:.1}V{y:.1}") });
        taken = Some(dot.to);
    }
    html! { @if path.contains('H') { path class=(class) d=(path) {} } }
}

/// Draws a value: its shape, a bar beneath it for an interval of days, a whisker for a range of numbers.
fn mark(desk: &Desk<'_>, dot: &Dot<'_, '_>, plane: &Plane, told: &str) -> Markup {
    let (x, at) = (plane.x(dot.to), plane.y(dot.point.number));
    let class = if dot.point.contradicted { "hollow" } else { "dot" };
    let lows = dot.point.rows.iter().map(|r| desk.figure(r).low).filter(|l| l.is_finite() && *l >= 0.0);
    let (low, high) = (lows.fold(dot.point.number, f64::min), high(desk, dot.point));
    html! {
        g.point data-told=(told) {
            title { (told) }
            @if low < high { path.range d={ "M" (y(x)) " " (y(plane.y(low))) "V" (y(plane.y(high))) } {} }
            @if dot.from < dot.to { path.range d={ "M" (y(plane.x(dot.from))) " " (y(at)) "H" (y(x)) } {} }
            (shape(dot.source, x, at, class))
        }
    }
}

/// Writes the values above their marks where there is room, the last and the highest first.
fn values(dots: &[Dot<'_, '_>], plane: &Plane) -> Markup {
    let mut order: Vec<&Dot> = dots.iter().collect();
    order.sort_by(|a, b| {
        let rank = |d: &Dot| (d.to == dots[dots.len() - 1].to, d.point.contradicted);
        rank(b).cmp(&rank(a)).then(b.point.number.total_cmp(&a.point.number)).then(a.to.cmp(&b.to))
    });
    let mut shown: Vec<(f64, f64, f64, &str, &'static str)> = Vec::new();
    for dot in order {
        let room = dot.point.value.chars().count() as f64 * LETTER / 2.0;
        let (x, at) = (plane.x(dot.to), plane.y(dot.point.number) - 7.0);
        let (x, anchor) = match () {
            () if x - room < 0.0 => (0.0, "start"),
            () if x + room > WIDE => (WIDE, "end"),
            () => (x, "middle"),
        };
        let middle = match anchor {
            "start" => room,
            "end" => WIDE - room,
            _ => x,
        };
        let clear =
            |s: &(f64, f64, f64, &str, &str)| (s.0 - middle).abs() > s.2 + room + 4.0 || (s.1 - at).abs() > 13.0;
        let under = |d: &Dot| {
            let (dx, dy) = (plane.x(d.to) - middle, plane.y(d.point.number) - at);
            dx.abs() < room + 3.0 && dy > -13.0 && dy < 3.0
        };
        if shown.iter().all(clear) && !dots.iter().any(under) {
            shown.push((middle, at, room, &dot.point.value, anchor));
        }
    }
    html! {
        @for (middle, at, room, value, anchor) in shown {
            @let x = match anchor { "start" => middle - room, "end" => middle + room, _ => middle };
            text.value x=(y(x)) y=(y(at)) text-anchor=(anchor) { (value) }
        }
    }
}

fn shape(source: usize, x: f64, at: f64, class: &str) -> Markup {
    let poly = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, at + dy)).collect();
        html! { polygon class=(class) points=(points.join(" ")) {} }
    };
    match source.min(SHAPES - 1) {
        0 => html! { circle class=(class) cx=(y(x)) cy=(y(at)) r="3.6" {} },
        1 => poly(&[(-3.4, -3.4), (3.4, -3.4), (3.4, 3.4), (-3.4, 3.4)]),
        2 => poly(&[(0.0, -4.6), (4.4, 3.4), (-4.4, 3.4)]),
        3 => poly(&[(0.0, -4.8), (4.8, 0.0), (0.0, 4.8), (-4.8, 0.0)]),
        _ => poly(&[(0.0, 4.6), (4.4, -3.4), (-4.4, -3.4)]),
    }
}
