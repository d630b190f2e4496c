import pytest

from newsclean.clean.shape import body_end, body_start, is_prose, word_count


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


@pytest.mark.parametrize(
    ("text", "words"),
    [("two  words", 2), ("it's 3.5 %", 4), ("港の船", 3), ("渡し船 ferry 9", 5), ("…", 0)],
    ids=["words", "parts", "characters", "mixed", "none"],
)
def test_words_are_counted_and_characters_where_no_spaces_are_written(text, words):
    assert word_count(text) == words
