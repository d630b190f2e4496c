"""What a page tells of its author below the article goes; what an article tells of people stays."""

from __future__ import annotations

import pytest

from newsclean.clean.bios import author_bio
from newsclean.model import Block, Context, Draft, Metadata, Person

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."
BIO = "Ann Bell writes about the harbour. She has lived in Aldermouth for ten years."


def found(*texts: str, authors: tuple[Person, ...] = (Person("Ann Bell"),), parents: tuple[int, ...] = ()) -> set[int]:
    """What is taken for a bio on a page whose blocks would all be the body."""
    parents = parents or (1,) * len(texts)
    blocks = [
        Block(i, "paragraph", t, True, Context(tag="p", parent=n))
        for i, (t, n) in enumerate(zip(texts, parents, strict=True))
    ]
    return author_bio(Draft(None, Metadata(authors=authors), tuple(blocks)), set(range(len(texts))))


def test_a_paragraph_about_the_author_below_the_article_is_a_bio():
    assert found(LONG, LONG, LONG, BIO) == {3}
    assert found(LONG, LONG, LONG, BIO.upper()) == {3}


def test_so_is_one_in_an_element_of_its_own_with_a_paragraph_below():
    assert found(LONG, LONG, LONG, BIO, LONG, parents=(1, 1, 1, 2, 1)) == {3}


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
