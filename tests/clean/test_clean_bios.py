"""What a page tells of its author below the article goes; what an article tells of people stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.bios import author_bio
from newsclean.model import Block, Context, Draft, Metadata, Person

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."
BIO = "Ann Bell writes about the harbour. She has lived in Aldermouth for ten years."


def found(*texts: str, authors: tuple[Person, ...] = (Person("Ann Bell"),), **where: object) -> set[int]:
    """What is taken for a bio on a page whose blocks would all be the body; `where` what begins with a name stands."""
    paragraph = Context(tag="p", parent=1, path=1)
    bio = replace(paragraph, **(where or {"path": 2}))  # type: ignore[arg-type]
    contexts = [bio if text.upper().startswith("ANN BELL") else paragraph for text in texts]
    blocks = [
        Block(i, "paragraph", text, True, context)
        for i, (text, context) in enumerate(zip(texts, contexts, strict=True))
    ]
    return author_bio(Draft(None, Metadata(authors=authors), tuple(blocks)), set(range(len(texts))))


@pytest.mark.parametrize(
    "where", [{"path": 2}, {"emphasis_share": 1.0}, {"link_first": True}], ids=["apart", "italics", "link"]
)
def test_a_paragraph_about_the_author_that_is_set_off_below_the_article_is_a_bio(where: dict[str, object]):
    assert found(LONG, LONG, LONG, BIO, **where) == {3}
    assert found(LONG, LONG, LONG, BIO.upper(), **where) == {3}


def test_so_is_one_in_an_element_of_its_own_with_a_paragraph_below():
    assert found(LONG, LONG, LONG, BIO, LONG, path=2, parent=2) == {3}


@pytest.mark.parametrize(
    "where",
    [{"path": 1}, {"path": 2, "inside": "p blockquote"}],
    ids=["among-the-paragraphs", "quoted"],
)
def test_a_last_paragraph_that_is_not_set_off_stays(where: dict[str, object]):
    assert found(LONG, LONG, LONG, BIO, **where) == set()


def test_a_first_paragraph_stays():
    assert found(BIO, LONG, LONG, LONG, path=2, parent=2) == set()


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param((LONG, LONG, BIO, LONG), id="above-the-end"),
        pytest.param((LONG, BIO, LONG, LONG, BIO), id="twice"),
        pytest.param((LONG, LONG, LONG, "Ann Bell: I saw the boats come in at noon."), id="a-turn-to-speak"),
        pytest.param((LONG, LONG, LONG, "Ann Bell said that “nobody counts the boats any more”."), id="quoted"),
        pytest.param((LONG, LONG, LONG, "Ann Bell"), id="a-signature"),
        pytest.param((LONG, BIO), id="most-of-the-page"),
        pytest.param((LONG, LONG, LONG, f"Ann Bell {LONG * 9}"), id="long"),
    ],
)
def test_other_lines_are_none(texts: tuple[str, ...]):
    assert found(*texts) == set()


@pytest.mark.parametrize(
    "author", [Person("Bell"), Person("Ann Bell", kind="organization")], ids=["one-word", "a-desk"]
)
def test_only_people_with_a_full_name_have_one(author: Person):
    assert found(LONG, LONG, LONG, BIO, authors=(author,)) == set()
