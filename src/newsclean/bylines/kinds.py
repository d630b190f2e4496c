"""What a run of words can be beside a name: a date, a place, a job, an organisation."""

from __future__ import annotations

import re

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold

_DOMAIN = re.compile(r"[\w-]{2,63}(?:\.[\w-]{2,63}){0,2}\.[a-z]{2,20}")  # not Ann.Bell, as users are called
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}\d?")
_MAX_ORGANISATION_WORDS = 8
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:[ap]m)?", re.IGNORECASE)  # 2:1 is a score
_CLOCK_OR_DAY = re.compile(r"\d{1,4}(?:[:./-]\d{1,2}){1,2}(?:[:./-]\d{2,4})?(?:[T+Z].{0,20}|[ap]m)?|\d{1,2}h\d{2}")
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\.?|\d{4}-\d\d-\d\d.{0,20}")
_MAX_DATE_WORDS = 12
_SMALL_WORDS = frozenset("of the for and de la le los du des der die das für und e y et & del do da di".split())
_OF = frozenset({"of", "at", "for", "des", "der", "für", "de", "du", "del", "do", "da", "di", "della", "van"})
_HEADS = frozenset({"head", "dean", "chair", "secretary", "minister", "vp", "member"})
_MAX_JOB_WORDS = 6  # before "of"
_MAX_UNIT = 3  # letters in a number: 3rd, 9am, 2020-05-03T09:30Z
_MIN_DATE_WORD = 6  # letters: "Posted" says of itself that it is about a date, "Mai" and "Le" do not


def is_date_word(word: str) -> bool:
    """Whether the word can be part of a date, a time or "5 min read"."""
    numeral = word[0].isdigit() and sum(map(str.isalpha, word)) <= _MAX_UNIT
    return numeral or fold(word) in vocabulary().dates


def is_date(words: list[str]) -> bool:
    """Whether the words are a date, a time, or what stands around one ("Last updated"); a bare number is none."""
    if not all(map(is_date_word, words)):
        return False
    known = vocabulary()
    numbers = [w for w in words if w[0].isdigit()]
    sure = any(fold(w) in known.weekdays or (len(w) >= _MIN_DATE_WORD and fold(w) not in known.months) for w in words)
    return sure or any(map(_CLOCK_OR_DAY.fullmatch, numbers)) or (0 < len(numbers) < len(words) <= _MAX_DATE_WORDS)


def is_calendar_date(words: list[str]) -> bool:
    """Whether the words are a date with day and month: "3 May", "03/05/2020"."""
    return bool(words) and is_date(words) and may_hold_calendar_date(words)


def may_hold_calendar_date(words: list[str]) -> bool:
    """Whether one can be among the words."""
    numbers = [w for w in words if w[0].isdigit()]
    months = vocabulary().months
    return any(map(_DAY.fullmatch, numbers)) or (bool(numbers) and any(fold(w) in months for w in words))


def is_stamp(words: list[str]) -> bool:
    """Whether the words are what stands before a date, and nothing besides: "Published", "Last updated"."""
    known = vocabulary()
    if not all(fold(w) in known.dates for w in words):
        return False
    return any(len(w) >= _MIN_DATE_WORD and fold(w) not in known.months | known.weekdays for w in words)


def is_clock(words: list[str]) -> bool:
    """Whether the words are a time of day: "9:27 AM"."""
    return any(map(_CLOCK.fullmatch, words)) and is_date(words)


def is_weekday(words: list[str]) -> bool:
    """Whether the words are a day of the week behind a preposition: "on Monday"; alone it can be a family name."""
    known = vocabulary()
    return (
        len(words) > 1
        and words[0].islower()
        and fold(words[-1]) in known.weekdays
        and all(fold(w) in known.dates for w in words)
    )


def is_year(words: list[str]) -> bool:
    """Whether the words are nothing but a year: what the comma of "May 3, 2020" leaves."""
    return len(words) == 1 and len(words[0]) == 4 and words[0].isdecimal() and words[0][:2] in {"19", "20"}


def is_place(text: str) -> bool:
    """Whether the text is a known city, country or region."""
    words = vocabulary()
    return fold(text) in words.cities or fold(text) in words.regions


def starts_with_place(words: list[str]) -> bool:
    """Whether the words begin with a known city."""
    cities = vocabulary().cities
    return any(fold(" ".join(words[:n])) in cities for n in (1, 2, 3))


def may_be_place(words: list[str]) -> bool:
    """Whether words behind "in" can be a place: capitalised, and no month."""
    known = vocabulary()
    proper = all(not w[0].islower() or fold(w) in known.particles for w in words)
    dates = known.months | known.weekdays
    return proper and not words[0][0].islower() and not any(fold(w) in dates for w in words)


def is_job(words: list[str]) -> bool:
    """Whether the words are, or end in, a title."""
    known = vocabulary()
    if _ends_a_job(words[-1]) or fold(" ".join(words)) in known.jobs or all(fold(w) in known.job_words for w in words):
        return True
    of = next((i for i, w in enumerate(words) if i and w in _OF), 0)  # "Head of Data", "Director of the Finch Lab"
    return bool(of) and (_ends_a_job(words[of - 1]) or fold(words[of - 1]) in _HEADS) and of < _MAX_JOB_WORDS


def _ends_a_job(word: str) -> bool:
    known, last = vocabulary(), fold(word)
    return last in known.jobs or last[1:].endswith(known.job_ends)  # more than the ending


def job_start(words: list[str]) -> int:
    """Index of the first word that can belong to a title; 0 if none does."""
    known = vocabulary()
    return next((i for i, w in enumerate(words) if fold(w) in known.job_words or is_job([w]) or w[0].islower()), 0)


def is_organisation(words: list[str]) -> bool:
    """Whether the words are an outlet, a desk or the like: a domain, an acronym, or with a word such as "News"."""
    known = vocabulary()
    text = " ".join(words)
    single = len(words) == 1 and (_DOMAIN.fullmatch(text) or _ACRONYM.fullmatch(text))
    if single or fold(text) in known.outlets or agency_of(text, photo=True):
        return True
    if len(words) > _MAX_ORGANISATION_WORDS or (fold(words[0]) in known.never and fold(words[0]) not in _SMALL_WORDS):
        return False
    proper = all(not w[0].islower() or w in _SMALL_WORDS or _DOMAIN.fullmatch(w) for w in words)
    parts = (fold(part) for w in words for part in (w, w.rpartition("-")[2]))
    return proper and words[0] not in _SMALL_WORDS and any(p in known.organisations for p in parts)
