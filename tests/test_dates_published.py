"""Dates of changes, told from those of publication by the words before them."""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest

from newsclean.dates.published import PrintedDate, is_change_label, parse_published, says_change

LABELS = tomllib.loads(files("newsclean.dates").joinpath("labels.toml").read_text("utf-8"))


@pytest.mark.parametrize("word", LABELS["updated"])
def test_each_word_for_a_change_tells_its_date(word: str):
    assert parse_published(f"{word.capitalize()}: 2019-05-09 | 2019-03-02") == PrintedDate(
        "2019-03-02", of_change=False
    )
    assert parse_published(f"{word}: 2019-05-09") == PrintedDate("2019-05-09", of_change=True)


@pytest.mark.parametrize("word", LABELS["published"])
def test_no_word_for_publication_tells_of_a_change(word: str):
    assert not says_change(word)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Published 2 March 2019", PrintedDate("2019-03-02", of_change=False)),
        ("2 March 2019 (updated 9 May 2019)", PrintedDate("2019-03-02", of_change=False)),
        ("2019年3月2日 公開 2019年5月9日 更新", PrintedDate("2019-03-02", of_change=False)),
        ("Standing room only on 2 March 2019", PrintedDate("2019-03-02", of_change=False)),
        ("Updated 30/02/2019, published 2/3/2019", PrintedDate("2019-03-02", of_change=False)),
        ("Updated three hours ago", None),
        ("", None),
        (None, None),
    ],
)
def test_the_first_date_without_such_a_word_is_that_of_publication(printed: str | None, expected: PrintedDate | None):
    assert parse_published(printed) == expected


def test_a_date_of_change_is_no_label():
    assert is_change_label("Zuletzt aktualisiert am")
    assert not is_change_label("Zuletzt aktualisiert am 9. Mai")
    assert not is_change_label("Veröffentlicht am")


@pytest.mark.parametrize("text", ["updated " * 20_000, "updated 1.1.2019 " * 10_000, "2019-01-01 " * 10_000])
def test_long_text_takes_no_time(text: str):
    start = time.process_time()
    parse_published(text)
    assert time.process_time() - start < 0.05
