"""Laws of the byline grammar, for any text."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsclean.bylines import agency_of, is_byline, parse_byline, parse_credits, parse_dateline, repair_case
from newsclean.bylines.text import plain

WORDS = [
    "By", "by", "Von", "von", "Par", "Por", "di", "Door", "Reporting by", "Editing by", "Text:", "Foto:",
    "contributed", "to this report", "and", "y", "en", "in", "for", "The", "Ann", "BELL", "McDONALD", "O'NEILL",
    "al-Nasser", "van", "der", "DAvid", "bell", "İPEK", "Jr.", "PhD", "AP", "Reuters", "dpa/lni", "Getty Images",
    "via", "Oslo", "D.C.", "Staff", "Writer", "May", "3", "2020,", "9:27", "AM", "@ann", "ann@finch.example",
    "https://finch.example", "(", ")", ",", ";", "|", "/", "·", " - ", ":", ".", "\n", "記者", "林雅筑", "／",
    "台北報導", "기자", "한도윤", "，", "文・", "&amp;nbsp;", "<b>",
]  # fmt: skip
lines = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))

LONG = {
    "labels": "By " * 7000,
    "names": "Ann Bell and " * 1600,
    "brackets": "(" * 20000,
    "commas": "Reporting by A, " * 1300,
    "digits": "3" * 20000,
    "emails": "a." * 10000 + "@",
    "tags": "<b" * 10000,
    "spaces": "By" + " " * 20000 + "Ann",
    "han": "記者" * 10000,
    "joiners": "é" + "\u200c" * 20000 + "é",
    "capitals": "WASHINGTON, " * 1700,
}


def letters(text: str) -> Counter[str]:
    """The letters of the text, whatever their case and their marks."""
    bare = unicodedata.normalize("NFD", text.replace("ı", "i").upper().casefold())
    return Counter(c for c in bare if c.isalpha())


@given(lines)
def test_no_text_raises(text: str) -> None:
    parse_byline(text)
    parse_credits(text)
    parse_dateline(text)
    is_byline(text)
    agency_of(text)


@given(lines)
def test_no_letter_is_invented(text: str) -> None:
    """Beyond case and the usual names of agencies, every letter of a name, a place and a job was printed."""
    printed = letters(plain(text))
    for person in parse_byline(text):
        name = person.printed if person.kind == "agency" else person.name
        for value in (name, person.location, person.job, person.email, person.handle):
            assert not letters(value or "") - printed


@given(lines)
def test_a_byline_names_somebody(text: str) -> None:
    assert not is_byline(text) or parse_byline(text)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_20_kb_cost_less_than_a_tenth_of_a_second(text: str) -> None:
    parse_byline("By Ann Bell")  # the vocabularies are read once
    start = time.process_time()
    for parse in (parse_byline, parse_credits, parse_dateline, is_byline):
        parse(text)
    assert time.process_time() - start < 0.1


@given(lines)
@example("VON AA CONTRIBUTED A")
def test_a_name_that_was_read_is_read_again_as_it_is(text: str) -> None:
    """Idempotent: a repaired name needs no repair, and names nobody else; an agency behind it may be told apart."""
    for person in parse_byline(text):
        if person.kind == "person":
            assert repair_case(person.name) == person.name
            assert all(p.name in person.name for p in parse_byline(person.name) if p.kind == "person")


@given(lines)
def test_a_dateline_is_the_beginning_of_its_text_and_is_read_again(text: str) -> None:
    dateline = parse_dateline(text)
    assert dateline is None or parse_dateline(dateline.printed + "The ferry sank") is not None
