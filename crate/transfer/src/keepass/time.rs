//! Times: `2026-11-30T06:09:28Z`, or in version 4 seconds since year 1 in
//! base64. Sigill counts seconds since 1970; what lies before is 0.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Seconds from 0001-01-01 to 1970-01-01.
const YEAR_1: u64 = 62_135_596_800;
const DAY: u64 = 24 * 60 * 60;

/// Reads either form.
pub(super) fn read(text: &str) -> Option<u64> {
    let text = text.trim_ascii();
    if let Some((date, time)) = text.split_once('T').filter(|_| text.contains(':')) {
        let seconds = days(date)?.checked_mul(DAY)?.checked_add(of_day(time)?)?;
        return Some(seconds.saturating_sub(YEAR_1));
    }
    let bytes: [u8; 8] = STANDARD.decode(text).ok()?.try_into().ok()?;
    Some(u64::from_le_bytes(bytes).saturating_sub(YEAR_1))
}

/// As version 4 has it.
pub(super) fn write(seconds: u64) -> String {
    STANDARD.encode(seconds.saturating_add(YEAR_1).to_le_bytes())
}

/// `2026-11-30T06:09:28.000Z` of a time since 1970.
pub(crate) fn moment(seconds: u64) -> String {
    let of_day = seconds % DAY;
    let (hours, minutes, seconds_left) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let date = date(seconds);
    format!("{date}T{hours:02}:{minutes:02}:{seconds_left:02}.000Z")
}

/// `YYYY-MM-DD` of a time since 1970.
pub(super) fn date(seconds: u64) -> String {
    let days = seconds.saturating_add(YEAR_1) / DAY;
    // Years of 365.2425 days; the guess is a year off at most.
    let mut year = days.saturating_mul(400) / 146_097 + 1;
    while before_year(year) > days {
        year -= 1;
    }
    while before_year(year + 1) <= days {
        year += 1;
    }
    let mut left = days - before_year(year);
    let mut month = 1;
    for length in months(year) {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", left + 1)
}

/// Days from 0001-01-01 to a date of the Gregorian calendar.
fn days(date: &str) -> Option<u64> {
    let mut parts = date.split('-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let months = months(year);
    let before = months.get(..usize::try_from(month).ok()?.checked_sub(1)?)?;
    let is_date = (1..=9999).contains(&year) && before.len() < 12 && (1..=31).contains(&day);
    is_date.then(|| before_year(year) + before.iter().sum::<u64>() + day - 1)
}

/// Seconds from midnight: `06:09:28Z`. KeePass writes UTC; parts of seconds are
/// passed over.
fn of_day(time: &str) -> Option<u64> {
    let clock = time.get(..8)?;
    let mut parts = clock.split(':').map(|part| part.parse::<u64>().ok());
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next()??);
    let is_time = hours < 24 && minutes < 60 && seconds < 61;
    is_time.then_some(hours * 3600 + minutes * 60 + seconds)
}

fn before_year(year: u64) -> u64 {
    let past = year.saturating_sub(1);
    past.saturating_mul(365) + past / 4 - past / 100 + past / 400
}

const fn months(year: u64) -> [u64; 12] {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let february = if is_leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_time_are_read_and_days_are_named() {
        assert_eq!(read("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(read("2024-02-29T23:59:59Z"), Some(1_709_251_199));
        assert_eq!(read(&write(1_709_251_199)), Some(1_709_251_199));
        for (seconds, expected) in [
            (0, "1970-01-01"),
            (1_709_251_199, "2024-02-29"),
            (1_709_251_200, "2024-03-01"),
            (4_102_444_799, "2099-12-31"),
        ] {
            assert_eq!(date(seconds), expected);
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "T::",
            "2024-13-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "AAAA",
            "2024-00-01T00:00:00Z",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("AAAAAAAAAAA="), Some(0));
        assert_eq!(read("//////////8="), Some(u64::MAX - YEAR_1));
        assert!(!date(u64::MAX).is_empty());
    }
}
