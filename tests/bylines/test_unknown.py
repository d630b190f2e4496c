"""The short way for names that no vocabulary knows a word of: never another answer than the readers give."""

from __future__ import annotations

import pytest

from newsclean.bylines import grammar
from newsclean.bylines.grammar import read_people
from newsclean.bylines.outlets import SPECIAL
from newsclean.bylines.unknown import is_unknown_name, known_words

NAMES = ["Ann Quillmere", "Åsa Tvedtholm", "Ann Maris Quillmere"]
OTHERS = [
    "Quillmere",
    "Ann Lou Maris Quillmere",
    "ANN QUILLMERE",
    "ann quillmere",
    "Ann McQuill",
    "Ann O'Quill",
    "Ann Quill-Mere",
    "Ann J. Quillmere",
    "Staff Quillmere",
    "Ann Correspondent",
    "Ann Nachtredakteur",
    "Ann Reuters",
    "Ann Oslo",
    "Ann Monday",
    "Ann Van Quillmere",
    "Quillmere Quillmere",
    "沢村 大地",
]


@pytest.mark.parametrize("name", NAMES)
def test_capitalised_words_that_nothing_knows_are_a_name(name: str) -> None:
    assert is_unknown_name(name.split())


@pytest.mark.parametrize("text", OTHERS)
def test_what_could_be_anything_else_is_left_to_the_readers(text: str) -> None:
    assert not is_unknown_name(text.split())


def test_the_words_that_readers_look_for_are_known() -> None:
    assert known_words().issuperset(word for words in SPECIAL for word in words)


@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "By {}",
        "{}, Tom Roewick",
        "Tom Roewick, Sports Editor, {}",
        "Tom Roewick and {} | Reuters",
        "Kommentar: {}",
        "{}: Tom Roewick",
        "Sponsored by {}",
        "{}, AFP, 3 May 2020",
        "{} in Oslo",
    ],
)
def test_a_line_is_read_as_without_the_short_way(line: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = read_people(line.format(name))
    monkeypatch.setattr(grammar, "is_unknown_name", lambda words: False)

    assert short == read_people(line.format(name))
