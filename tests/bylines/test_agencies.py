"""agency_of: printed forms of agencies, and words that only look like them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from newsclean.bylines import agency_of

FORMS = [
    ("Reuters", "Reuters"),
    ("THE ASSOCIATED PRESS", "AP"),
    ("AP", "AP"),
    ("dpa/lni", "dpa"),
    ("AFP/dpa", "AFP"),
    ("sda", "Keystone-SDA"),
    ("(ANSA)", "ANSA"),
    ("РИА Новости", "RIA Novosti"),
    ("İHA", "İHA"),
    ("新华社", "Xinhua"),
]


@pytest.mark.parametrize(("printed", "usual"), FORMS)
def test_a_printed_form_gives_the_usual_name(printed: str, usual: str) -> None:
    assert agency_of(printed) == usual


@pytest.mark.parametrize("word", ["Ana", "Sana", "Beta", "Petra", "Map", "ap", "Reuters reported", "the", "", "/"])
def test_a_given_name_or_a_word_is_no_agency(word: str) -> None:
    assert agency_of(word) is None


def test_an_agency_that_only_sells_pictures_counts_when_asked_for() -> None:
    assert (agency_of("Getty Images"), agency_of("Getty Images", photo=True)) == (None, "Getty Images")


def test_no_form_belongs_to_two_agencies() -> None:
    file = resources.files("newsclean.bylines") / "agencies.toml"
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["agency"]
    forms = Counter(f for e in entries for f in {*e.get("forms", ()), *e.get("exact", ())})
    assert [f for f, n in forms.items() if n > 1] == []
