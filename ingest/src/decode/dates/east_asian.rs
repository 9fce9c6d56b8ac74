//! Dates with signs for year, month and day: `2020年7月12日`, `令和2年4月1日`, `二〇二〇年四月十七日`, `2020년 7월 12일`.

use annals_core::when::Day;

/// A number and the bytes it takes, Chinese digits included.
fn number(text: &str) -> Option<(i32, usize)> {
    let ascii = text.bytes().take_while(u8::is_ascii_digit).count();
    if ascii > 0 {
        return (ascii <= 4).then(|| text[..ascii].parse().ok().map(|n| (n, ascii)))?;
    }
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|d| d == c || (c == '零' && d == '〇')).map(|d| d as i32);
    let (mut value, mut len, mut any) = (0, 0, false);
    for c in text.chars().take(6) {
        if let Some(d) = digit(c) {
            // `二十三` adds its last digit to two tens; `二〇二〇` goes on by tens.
            value = if any && text[..len].ends_with('十') { value + d } else { value * 10 + d };
        } else if c == '十' {
            value = value.max(1) * 10;
        } else {
            break;
        }
        any = true;
        len += c.len_utf8();
    }
    any.then_some((value, len))
}

/// Year signs, month signs, day signs, each the same place for Chinese, Japanese and Korean.
const SIGNS: [[&str; 2]; 3] = [["年", "년"], ["月", "월"], ["日", "일"]];

/// Eras with the year before their first.
const ERAS: [(&str, i32); 5] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

/// Returns the date that a text begins with and its length in bytes.
pub(super) fn date(text: &str) -> Option<(Day, usize)> {
    let era = ERAS.iter().find(|(name, _)| text.starts_with(name));
    let mut at = era.map_or(0, |(name, _)| name.len());
    let mut parts = [0; 3];
    for (part, signs) in parts.iter_mut().zip(SIGNS) {
        at += text[at..].len() - text[at..].trim_start().len();
        if era.is_some() && at == 6 && text[at..].starts_with('元') {
            (*part, at) = (1, at + '元'.len_utf8());
        } else {
            let (value, len) = number(&text[at..])?;
            (*part, at) = (value, at + len);
        }
        at += text[at..].len() - text[at..].trim_start().len();
        at += signs.iter().find(|s| text[at..].starts_with(**s))?.len();
    }
    let year = parts[0] + era.map_or(0, |(_, before)| *before);
    let fits = (1900..2100).contains(&year);
    let day = Day::new(i16::try_from(year).ok()?, i8::try_from(parts[1]).ok()?, i8::try_from(parts[2]).ok()?).ok()?;
    fits.then_some((day, at))
}

/// Returns the time that stands behind such a date, `22時05分`, `下午3点20分`, and its length.
pub(super) fn time(text: &str) -> Option<(String, usize)> {
    let lead = text.len()
        - text.trim_start_matches([' ', '(', ')', '（', '）', '日', '月', '火', '水', '木', '金', '土']).len();
    let rest = &text[lead..];
    let half = ["下午", "午後", "오후", "上午", "午前", "오전"].into_iter().find(|h| rest.starts_with(h));
    let mut at = lead + half.map_or(0, str::len);
    at += text[at..].len() - text[at..].trim_start().len();
    let (hour, len) = number(&text[at..])?;
    at += len;
    at += ["時", "时", "点", "點", "시"].into_iter().find(|s| text[at..].starts_with(s))?.len();
    at += text[at..].len() - text[at..].trim_start().len();
    let minute = number(&text[at..]).and_then(|(minute, len)| {
        let sign = ["分", "분"].into_iter().find(|s| text[at + len..].starts_with(s))?;
        at += len + sign.len();
        Some(minute)
    });
    let late = matches!(half, Some("下午" | "午後" | "오후"));
    let hour = if late && hour < 12 { hour + 12 } else { hour };
    let minute = minute.unwrap_or(0);
    (hour < 24 && minute < 60).then(|| (format!("{hour:02}:{minute:02}"), at))
}
