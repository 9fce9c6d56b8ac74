//! Charsets and characters: the first byte chooses what is declared.

#![no_main]

const DECLARED: [Option<&str>; 12] = [
    None,
    Some("text/plain; charset=utf-8"),
    Some("text/plain; charset=utf-16le"),
    Some("text/plain; charset=utf-16be"),
    Some("text/plain; charset=windows-1252"),
    Some("text/plain; charset=shift_jis"),
    Some("text/plain; charset=iso-2022-jp"),
    Some("text/plain; charset=gb18030"),
    Some("text/plain; charset=big5"),
    Some("text/plain; charset=euc-kr"),
    Some("text/plain; charset=x-user-defined"),
    Some("text/html; charset=replacement"),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    annals_fuzz::check_decode(rest, DECLARED[usize::from(*choice) % DECLARED.len()]);
});
