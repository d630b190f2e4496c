import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsclean.clean import shape
from newsclean.clean.shape import body_end, body_start, is_prose, squash, squash_lines, word_count


@pytest.mark.parametrize(
    "text",
    [
        "The ferry will sail again on Monday, said the harbour office, if the weather holds until then.",
        "“The ferry will sail again on Monday if the weather holds until then, and only then,” she said.”)",
        "港の事務所は月曜日、新しい渡し船が来月から運航を始めると発表し、歓迎された。",
        "word " * 60 + "without a stop",
    ],
    ids=["sentence", "closing-quotes", "japanese", "very-long"],
)
def test_running_text_is_prose(text):
    assert is_prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry sails again on Monday.",
        "Ferry sails again on Monday as the harbour office waits for better weather and a new propeller",
        "So we did as he said we do it, and so it is: a lamp, a net, an oar.",
        "Donaudampfschifffahrtsgesellschaftskapitän Rindfleischetikettierungsüberwachung bestätigt.",
        "港の事務所は月曜日に発表した。",
        "港の事務所は月曜日、新しい渡し船が来月から運航を始めると発表し、歓迎された",
    ],
    ids=["empty", "short", "no-final-stop", "few-characters", "few-words", "short-japanese", "japanese-headline"],
)
def test_a_line_is_not_prose(text):
    assert not is_prose(text)


def test_the_body_runs_from_the_first_prose_to_the_last(draft, prose):
    blocks = draft("Ferries", prose[0], "A subheading", prose[1], "Comments").blocks
    assert (body_start(blocks), body_end(blocks)) == (1, 4)


def test_without_prose_the_body_is_empty(draft):
    blocks = draft("Ferries", "Comments").blocks
    assert (body_start(blocks), body_end(blocks)) == (2, 0)


def test_squash_sees_past_case_marks_and_quotes():
    assert squash("“Über” die ＦÄＨＲＥ – heute!") == squash("'uber' die fahre: HEUTE")
    assert squash("Ferry 12") != squash("Ferry 21")


@pytest.mark.parametrize(
    ("text", "words"),
    [("two  words", 2), ("it's 3.5 %", 4), ("港の船", 3), ("渡し船 ferry 9", 5), ("…", 0)],
    ids=["words", "parts", "characters", "mixed", "none"],
)
def test_words_are_counted_and_characters_where_no_spaces_are_written(text, words):
    assert word_count(text) == words


def squashed_one_by_one(text):
    return "".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKD", text).casefold()))


LINES = st.text(st.sampled_from("aZ9 \n_.-’“”…éÜßøıİŁﬁ½ΣςΆ\u0345\u0301\u0323Ж港가ａ①"), max_size=40)


@given(st.one_of(LINES, st.text(max_size=40), LINES.map(lambda text: text + " letters in plenty" * 9)))
@example("\ud800")
def test_squash_keeps_letters_and_digits_whatever_the_way(text):
    assert squash(text) == squashed_one_by_one(text)


@given(st.lists(LINES, max_size=5))
def test_lines_are_squashed_together_as_one_by_one(lines):
    assert squash_lines(lines) == [squashed_one_by_one(line) for line in lines]


def test_what_is_known_of_characters_is_bounded(monkeypatch):
    monkeypatch.setattr(shape, "MAX_KNOWN_CHARS", 5)
    known = shape.SquashedCharacters()

    assert "ÀÉÎÕÜÝŽČ".translate(known) == "aeiouyzc"
    assert len(known) <= 5
