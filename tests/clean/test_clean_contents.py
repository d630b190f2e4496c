"""The table of contents goes; headings that link to themselves, and other lists of links, stay."""

from __future__ import annotations

import pytest

from newsclean.clean.contents import contents
from newsclean.model import Block, Context, Draft, Kind, Metadata

HERE = "https://post.example/guide?page=1"
TITLES = ("How to moor a boat", "What the harbour charges", "When the bridge opens")


def link(i: int, text: str, href: str, kind: Kind = "item", share: float = 1.0) -> Block:
    return Block(i, kind, text, True, Context(tag="li", link_share=share, href=href))


def found(*blocks: Block, url: str | None = HERE) -> set[int]:
    """The entries that are found among these, with the headings below them."""
    headings = (Block(len(blocks) + i, "heading", t, True, Context(tag="h2")) for i, t in enumerate(TITLES))
    return contents(Draft(url, Metadata(), (*blocks, *headings)))


@pytest.mark.parametrize("href", ["#part-{}", "https://post.example/guide#part-{}", "/guide#part-{}"])
@pytest.mark.parametrize("kind", ["item", "paragraph"])
def test_links_to_the_headings_of_the_page_are_its_contents(href: str, kind: Kind) -> None:
    entries = [link(i, title, href.format(i), kind) for i, title in enumerate(TITLES)]

    assert found(*entries, link(3, "Questions", href.format(3), kind)) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("href", "kind", "share"),
    [
        ("/other-guide#part-{}", "item", 1.0),
        ("https://mill.example/guide#part-{}", "item", 1.0),
        ("/guide", "item", 1.0),
        ("#", "item", 1.0),
        ("#part-{}", "heading", 1.0),
        ("#part-{}", "cell", 1.0),
        ("#part-{}", "item", 0.5),
        ("", "item", 0.0),
    ],
    ids=["another-page", "another-site", "no-place", "no-name", "headings", "cells", "half-a-link", "no-link"],
)
def test_other_links_are_not(href: str, kind: Kind, share: float) -> None:
    assert found(*[link(i, title, href.format(i), kind, share) for i, title in enumerate(TITLES)]) == set()


def test_links_to_notes_that_no_heading_repeats_are_not() -> None:
    assert found(*[link(i, f"Note {i}", f"#note-{i}") for i in range(3)]) == set()


def test_without_the_page_s_address_a_bare_place_is_in_the_page() -> None:
    assert found(*[link(i, title, f"#part-{i}") for i, title in enumerate(TITLES)], url=None) == {0, 1, 2}
