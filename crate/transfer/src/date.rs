//! Days, months and moments, as other programs write them.

use sigill_core::wire::Seconds;

const DAY: i64 = 24 * 60 * 60;

/// Months by their first three letters.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A number of seconds or of milliseconds since 1970, told apart by their size.
pub(crate) fn epoch(number: u64) -> Seconds {
    // In seconds that is the year 5138.
    if number >= 100_000_000_000 {
        number / 1000
    } else {
        number
    }
}

/// A moment: `2024-01-31T12:30:00[.000][Z|±00:00]` (RFC 3339), with a blank for the
/// `T` too; without a time the day's beginning; a plain number as [`epoch`] has it.
pub(crate) fn moment(text: &str) -> Option<Seconds> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Some(epoch(number));
    }
    let days = days_of(text.get(..10)?)?;
    let rest = text.get(11..).unwrap_or_default();
    let time = i64::from(number(rest, 0..2)?) * 3600
        + i64::from(number(rest, 3..5)?) * 60
        + i64::from(number(rest, 6..8).unwrap_or(0));
    let at = days * DAY + time - offset(rest.get(5..).unwrap_or_default());
    u64::try_from(at).ok()
}

/// Seconds that a time is ahead of UTC, by its end: `+02:00`, `Z`.
fn offset(rest: &str) -> i64 {
    let Some(at) = rest.rfind(['+', '-']) else {
        return 0;
    };
    let (Some(hours), minutes) = (number(rest, at + 1..at + 3), number(rest, at + 4..at + 6))
    else {
        return 0;
    };
    let seconds = i64::from(hours) * 3600 + i64::from(minutes.unwrap_or(0)) * 60;
    if rest.get(at..).is_some_and(|sign| sign.starts_with('-')) {
        -seconds
    } else {
        seconds
    }
}

/// The day `YYYY-MM-DD` that a text names in this order, with anything after it, or
/// in English: `January,31,2030`.
pub(crate) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let figures = || {
        let first = text.get(..10)?;
        days_of(first).map(|_| first.into())
    };
    figures().or_else(|| {
        let (month, rest) = text.split_once(',')?;
        let (day, year) = rest.split_once(',')?;
        let day: u32 = day.trim().parse().ok()?;
        let named = format!("{}-{day:02}", month_of(month, year)?);
        days_of(&named).map(|_| named)
    })
}

/// The day `YYYY-MM-DD` of a moment in seconds since 1970, before it too.
pub(crate) fn day_of(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}")
}

/// The month `YYYY-MM` of a month and a year, each in figures or, the month, in English.
pub(crate) fn month_of(month: &str, year: &str) -> Option<String> {
    let month = month.trim();
    let named = || {
        let start = month.get(..3)?.to_ascii_lowercase();
        MONTHS
            .iter()
            .zip(1..)
            .find_map(|(name, n)| (*name == start).then_some(n))
    };
    let month = month.parse().ok().or_else(named)?;
    let year: u32 = match year.trim() {
        year if year.len() == 2 => 2000 + year.parse::<u32>().ok()?,
        year => year.parse().ok()?,
    };
    let is_one = (1..=12).contains(&month) && (1900..=9999).contains(&year);
    is_one.then(|| format!("{year:04}-{month:02}"))
}

/// The month `YYYY-MM` of `MM/YY`, `MM/YYYY`, `YYYY-MM`, `YYYY/MM`, `MMYYYY`,
/// `January,2027`, with any of `/ - , .` and blanks between.
pub(crate) fn month(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((one, other)) = text.split_once(['/', '-', ',', '.', ' ']) {
        return match one.trim().len() {
            4 if one.trim().parse::<u32>().is_ok() => month_of(other, one),
            _ => month_of(one, other),
        };
    }
    match text.len() {
        4 | 6 => {
            let (month, year) = text.split_at_checked(2)?;
            month_of(month, year).or_else(|| {
                let (year, month) = text.split_at_checked(4)?;
                month_of(month, year)
            })
        }
        _ => None,
    }
}

fn number(text: &str, at: core::ops::Range<usize>) -> Option<u32> {
    let digits = text.get(at)?;
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { digits.parse().ok() } else { None }
}

/// Days from 1970-01-01 to `YYYY-MM-DD`, if there is such a day.
fn days_of(text: &str) -> Option<i64> {
    let (year, month, day) = (
        number(text, 0..4)?,
        number(text, 5..7)?,
        number(text, 8..10)?,
    );
    let is_cut = text.get(4..5)? == "-" && text.get(7..8)? == "-";
    if !is_cut || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day is their last (Howard Hinnant, chrono-compatible
    // low-level date algorithms).
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let of_era = (year % 400) * 365 + (year % 400) / 4 - (year % 400) / 100 + of_year;
    Some((year / 400) * 146_097 + of_era - 719_468)
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, day)
}
