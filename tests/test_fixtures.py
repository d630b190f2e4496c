"""Every fixture comes out exactly as a careful editor wants it, and those on which nothing may change don't change."""

import json
from pathlib import Path

import pytest

from newsclean.check.harness import check, compare, is_fixture, run_fixture

FIXTURES = Path(__file__).parent.parent / "fixtures"
ALL = sorted(filter(is_fixture, FIXTURES.iterdir()))
NEGATIVE = "nothing may be removed"  # what meta.json says of a fixture that is a negative


def negatives():
    return [f for f in ALL if NEGATIVE in json.loads((f / "meta.json").read_text("utf-8"))["why"].lower()]


@pytest.mark.parametrize("folder", ALL, ids=lambda f: f.name)
def test_a_fixture_comes_out_as_expected(folder):
    result = compare(folder, run_fixture(folder), {})

    assert result.diff == ""


@pytest.mark.parametrize("folder", negatives(), ids=lambda f: f.name)
def test_nothing_but_the_headline_goes_from_a_negative(folder):
    article = run_fixture(folder)

    assert {c.rule for c in article.changes if c.after is None} <= {"headline", "byline", "date-line"}
    assert article.warnings == ()


def test_there_are_enough_fixtures_and_negatives():
    assert len(ALL) >= 14
    assert len(negatives()) >= 3


def test_no_floor_is_below_what_is_reached():
    """`newsclean check fixtures/` must have been run after the last change: then it has nothing to raise."""
    before = (FIXTURES / "floors.json").read_text("utf-8")

    report = check(FIXTURES)

    assert report.ok
    assert (FIXTURES / "floors.json").read_text("utf-8") == before
