"""A printed date in, ISO 8601 out: machine stamps, and days with the names of months in some 45 languages."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files

MAX_CHARS = 120
MAX_LABEL_CHARS = 40
LABEL_MARKS = " \u00a0:：|,-–—•·["
FIRST_YEAR = 1994  # before it there were no news sites
ARCHIVE_YEAR = 1900  # of what papers have put into their archives since; nobody's guess goes back so far
FARTHEST_HOURS = 14  # of a zone from Greenwich: Kiritimati
YEAR = r"(?P<year>(?:19|20)\d\d)"
MONTH = r"(?P<month>1[0-2]|0?[1-9])"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
NAME = r"(?P<name>[^\W\d_]{3,13})"
HALF = r"(?:(?P<half>[AaPp])\.?[Mm]\b\.?\s?)?"  # of the day: "PM", "a.m."
CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?:[.,]\d{1,9})?\s?" + HALF
OFFSET = r"(?P<offset>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)"

MACHINE = (
    re.compile(rf"(?<!\d){YEAR}(?P<dash>[-/.]){MONTH}(?P=dash){DAY}(?:[T ,]{{1,3}}{CLOCK}{OFFSET}?)?"),
    re.compile(
        rf"(?<!\d){YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
        r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?P<offset>Z)?)?(?!\d)"
    ),
    re.compile(rf"{YEAR}\s?[年년]\s?{MONTH}\s?[月월]\s?{DAY}"),
)
NAMED = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[ .,/-]{{0,3}}(?:de |di |of )?{NAME}[.,]?[ /-]{{0,2}}"
        rf"(?:de |del |, ?)?{YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(rf"{NAME}\.? {{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {{1,3}}{YEAR}(?!\d)", re.IGNORECASE),
    re.compile(  # Mon Aug 03 12:45:00 EDT 2015, as Unix prints it
        rf"(?<!\w)[A-Z][a-z]{{2}} {NAME} (?P<day>\d{{1,2}}) {CLOCK}(?:[A-Z]{{2,5}} )?{YEAR}(?!\d)"
    ),
    re.compile(rf"{YEAR}[. ]{{1,3}}{NAME}\.? (?P<day>\d{{1,2}})(?!\d)", re.IGNORECASE),
)
NUMERIC = re.compile(rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<dash>[-/.]) ?(?P<second>\d{{1,2}})(?P=dash) ?{YEAR}(?!\d)")
ZONED_CLOCK = re.compile(rf"(?<!\d){CLOCK}{OFFSET}")
EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


@cache
def month_numbers() -> dict[str, str]:
    """Folded name of a month -> "1" to "12"."""
    table = tomllib.loads(files(__package__).joinpath("months.toml").read_text("utf-8"))
    return {
        fold(form): str(i) for names in table.values() for i, forms in enumerate(names, 1) for form in forms.split()
    }


@cache
def publication_labels() -> frozenset[str]:
    """What stands before the date of publication, folded."""
    return frozenset(
        map(fold, tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))["published"])
    )


def is_publication_label(text: str) -> bool:
    """Whether a text is what pages print before the date of publication, and no more.

    >>> is_publication_label("Veröffentlicht am:"), is_publication_label("등록"), is_publication_label("Updated")
    (True, True, False)
    """
    return len(text) <= MAX_LABEL_CHARS and fold(text).strip(LABEL_MARKS) in publication_labels()


def fold(word: str) -> str:
    """The word in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def parse_date(text: str | None, *, month_before_day: bool = False, first_year: int = FIRST_YEAR) -> str | None:
    """The first date in a text, in ISO 8601; with time and offset only as far as they are printed.

    Args:
        text: a meta tag's content, an attribute, or visible text; only its first 120 characters are read.
        month_before_day: how to read 4/5/2019, where both are possible.
        first_year: an earlier date is none.

    >>> parse_date("2018-09-16T09:30:00+0200")
    '2018-09-16T09:30:00+02:00'
    >>> parse_date("Published 16. September 2018")
    '2018-09-16'
    """
    if not text:
        return None
    text = " ".join(text[:MAX_CHARS].split())
    if "20" not in text and "19" not in text:  # every year has one, and looking is thirty times as fast
        return None
    for pattern in MACHINE:
        for found in pattern.finditer(text):
            if stamped := stamp(found.groupdict(), first_year):
                return stamped
    return parse_named(text, first_year) or parse_numeric(text, first_year, month_before_day=month_before_day)


def parse_stamp(text: str | None, *, month_before_day: bool = False, first_year: int = FIRST_YEAR) -> str | None:
    """As `parse_date`, and seconds or milliseconds since 1970: for what a page says to machines.

    >>> parse_stamp("1537083000"), parse_date("1537083000")
    ('2018-09-16T07:30:00+00:00', None)
    """
    if text and EPOCH.fullmatch(text.strip()):
        text = datetime.fromtimestamp(int(text.strip()[:10]), UTC).isoformat()
    return parse_date(text, month_before_day=month_before_day, first_year=first_year)


def parse_named(text: str, first_year: int) -> str | None:
    """The first date with the name of a month; its time only where an offset follows, as mail headers write it."""
    for pattern in NAMED:
        for found in pattern.finditer(text):
            if month := month_numbers().get(fold(found["name"])):
                clock = ZONED_CLOCK.search(text, found.end(), found.end() + 20)
                parts = found.groupdict() | {"month": month} | (clock.groupdict() if clock else {})
                if stamped := stamp(parts, first_year):
                    return stamped
    return None


def parse_numeric(text: str, first_year: int, *, month_before_day: bool) -> str | None:
    """The first date in numbers with the year last."""
    for found in NUMERIC.finditer(text):
        first, second = found["first"], found["second"]
        if int(second) > 12 or (month_before_day and found["dash"] == "/" and int(first) <= 12):
            first, second = second, first
        if stamped := stamp({"year": found["year"], "month": second, "day": first}, first_year):
            return stamped
    return None


def stamp(parts: dict[str, str | None], first_year: int) -> str | None:
    """ISO 8601 of the named parts, or None if there is no such day, or not yet, or before the first year."""
    try:
        on = date(int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0))
    except ValueError:
        return None
    if on.year < first_year or on > datetime.now(UTC).date() + timedelta(days=2):
        return None
    hour, minute = parts.get("hour"), parts.get("minute")
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return on.isoformat()
    second = int(parts.get("second") or 0)
    hours = hour_of_day(int(hour), parts.get("half") or "")
    return f"{on}T{hours:02}:{int(minute):02}:{second if second < 60 else 0:02}{written(parts.get('offset'))}"


def hour_of_day(hour: int, half: str) -> int:
    """The hour as 0 to 23; `half` is the first letter of "am" or "pm", or empty.

    >>> hour_of_day(9, "P"), hour_of_day(12, "a"), hour_of_day(12, "p"), hour_of_day(21, "p"), hour_of_day(9, "")
    (21, 0, 12, 21, 9)
    """
    return hour % 12 + 12 * (half in "Pp") if half and hour <= 12 else hour


def written(offset: str | None) -> str:
    """The offset as ISO 8601 writes it: zero as "+00:00", others with a colon; none for what no clock has."""
    if not offset:
        return ""
    if offset[0] not in "+-":
        return "+00:00"
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    return f"{offset[0]}{hours:02}:{minutes:02}" if hours <= FARTHEST_HOURS and minutes < 60 else ""
