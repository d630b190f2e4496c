"""Printed dates, to ISO 8601."""

from __future__ import annotations

import time
import tomllib
from datetime import datetime
from importlib.resources import files

import pytest

from newsclean.dates import fold, parse_date, parse_stamp


@pytest.mark.parametrize(
    ("printed", "stamp"),
    [
        ("2018-09-16", "2018-09-16"),
        ("2018-09-16T09:30:00+02:00", "2018-09-16T09:30:00+02:00"),
        ("2018-09-16T09:30:00-0500", "2018-09-16T09:30:00-05:00"),
        ("2018-09-16T09:30:00.123Z", "2018-09-16T09:30:00+00:00"),
        ("2018-09-16 09:30", "2018-09-16T09:30:00"),
        ("2018-09-16 09:30 PM", "2018-09-16T21:30:00"),
        ("2018-09-16 9:30 p.m. +0200", "2018-09-16T21:30:00+02:00"),
        ("2018-09-16 12:30 AM", "2018-09-16T00:30:00"),
        ("2018-09-16 21:30 pm", "2018-09-16T21:30:00"),
        ("2018-09-16 09:30 Ambrose", "2018-09-16T09:30:00"),
        ("20180916T093000Z", "2018-09-16T09:30:00+00:00"),
        ("2018/9/16", "2018-09-16"),
        ("Sun, 16 Sep 2018 09:30:00 GMT", "2018-09-16T09:30:00+00:00"),
        ("Published: September 16th, 2018 at 9:30 AM", "2018-09-16"),
        ("Sept. 16, 2018", "2018-09-16"),
        ("16 Sep 2018", "2018-09-16"),
        ("16. März 2018", "2018-03-16"),
        ("le 1er août 2018", "2018-08-01"),
        ("16 de septiembre de 2018", "2018-09-16"),
        ("16 marca 2018", "2018-03-16"),
        ("16 сентября 2018", "2018-09-16"),
        ("2018年9月16日", "2018-09-16"),
        ("2018년 9월 16일", "2018-09-16"),
        ("2018. szeptember 16.", "2018-09-16"),
        ("16.09.2018", "2018-09-16"),
        ("09/16/2018", "2018-09-16"),
        ("04/05/2018", "2018-05-04"),
    ],
)
def test_a_date_is_read(printed: str, stamp: str):
    assert parse_date(printed) == stamp


@pytest.mark.parametrize("printed", ["1537083000", "1537083000000", " 1537083000\n"])
def test_seconds_since_1970_are_a_date_where_machines_read(printed: str):
    assert parse_stamp(printed) == "2018-09-16T07:30:00+00:00"
    assert parse_date(printed) is None


def test_a_moment_to_come_is_no_date():
    assert parse_stamp("1999999999") is None


@pytest.mark.parametrize(
    "printed", ["No. 20190231, 16 September 2018", "30.02.2018 16.09.2018", "45 May 2018, 16 Sep 2018"]
)
def test_what_is_no_day_hides_no_date_behind_it(printed: str):
    assert parse_date(printed) == "2018-09-16"


def test_the_language_decides_between_day_and_month():
    assert parse_date("04/05/2018", month_before_day=True) == "2018-04-05"


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty"),
        pytest.param("2018-02-30", id="no such day"),
        pytest.param("1989-05-04", id="before the web"),
        pytest.param("2090-05-04", id="not yet"),
        pytest.param("about 20 people in 2018", id="no month"),
        pytest.param("3 hours ago", id="relative"),
        pytest.param("+49 30 2018 09 16", id="a telephone number"),
    ],
)
def test_what_is_no_date_is_not_read(printed: str | None):
    assert parse_date(printed) is None


@pytest.mark.parametrize("text", ["1" * 100_000, "May " * 25_000, "2018-" * 20_000, "16.9." * 20_000])
def test_long_text_takes_no_time(text: str):
    start = time.process_time()
    parse_date(text)
    assert time.process_time() - start < 0.05


@pytest.mark.parametrize(
    ("printed", "stamp"),
    [
        ("2019-05-01T10:00:00+99:99", "2019-05-01T10:00:00"),
        ("2019-05-01T10:00:00+0175", "2019-05-01T10:00:00"),
        ("2019-05-01T10:00:00+14:00", "2019-05-01T10:00:00+14:00"),
        ("2019-05-01T10:00:75Z", "2019-05-01T10:00:00+00:00"),
        ("2019-05-01T10:\u0663\u0660:00", "2019-05-01T10:30:00"),
    ],
    ids=["offset", "minutes-of-offset", "farthest", "seconds", "other-digits"],
)
def test_what_no_clock_shows_is_left_out_of_a_stamp(printed: str, stamp: str) -> None:
    assert parse_date(printed) == stamp
    assert datetime.fromisoformat(stamp)


MONTHS = tomllib.loads(files("newsclean.dates").joinpath("months.toml").read_text("utf-8"))


def test_no_form_of_a_month_stands_there_twice():
    """Not as another month either: which of the two is meant, only the page's language would tell."""
    forms = [fold(form) for months in MONTHS.values() for month in months for form in month.split()]
    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("language", MONTHS)
def test_each_language_has_twelve_months_that_are_read(language: str):
    assert len(MONTHS[language]) == 12
    for number, month in enumerate(MONTHS[language], 1):
        for form in month.split():
            assert parse_date(f"3. {form.capitalize()} 2019") == f"2019-{number:02}-03"


@pytest.mark.parametrize(
    ("printed", "stamp"),
    [
        ("3 май 2024", "2024-05-03"),
        ("3. svibnja 2024.", "2024-05-03"),
        ("3. októbra 2023", "2023-10-03"),
        ("3 tetor 2023", "2023-10-03"),
        ("3 أكتوبر 2023", "2023-10-03"),
        ("3 באוקטובר 2023", "2023-10-03"),
        ("3 մայիսի 2024", "2024-05-03"),
        ("3. listopada 2023", "2023-11-03"),
    ],
)
def test_months_are_read_in_many_languages(printed: str, stamp: str | None):
    assert parse_date(printed) == stamp
