"""What the model would leave out and the page's structure puts back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.body import judge
from newsclean.clean.options import Options
from newsclean.clean.restoring import continued, headings_above, list_headings, paragraphs_alike
from newsclean.model import Block, Context, Draft, Kind, Metadata

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."


def block(i: int, text: str = "", kind: Kind = "paragraph", tag: str = "p", **where: object) -> Block:
    context = replace(Context(tag=tag, parent=1), **where)  # type: ignore[arg-type]
    return Block(i, kind, text or f"{LONG} {i}.", True, context)


def below(count: int = 3, **where: object) -> tuple[Block, ...]:
    """An article of one paragraph, and paragraphs below it that the extractor left."""
    context = Context(tag="p", seed_share=0.0)
    rest = (Block(i, "paragraph", f"{LONG} {i}.", False, replace(context, **where)) for i in range(1, count + 1))  # type: ignore[arg-type]
    return (block(0), *rest)


def announced(label: str, kind: Kind = "heading", share: float = 1.0, count: int = 2) -> set[int]:
    """What goes of a label above so many blocks that go, each with this share of link text."""
    links = [Block(2 + n, "heading", f"Boats of {2001 + n}", context=Context(link_share=share)) for n in range(count)]
    blocks = [Block(0, "paragraph", LONG), Block(1, kind, label), *links, Block(2 + count, "paragraph", LONG)]
    return list_headings(blocks, {0, 1, 2 + count})


@pytest.mark.parametrize("label", ["More:", "Auch interessant:", "延伸阅读："])
def test_a_heading_goes_if_the_links_that_it_announces_go(label: str) -> None:
    assert announced(label) == {1}


def test_a_heading_stays_if_something_else_goes_below_it() -> None:
    assert announced("More:", count=1) == announced("More:", share=0.5) == announced("More") == set()
    assert announced("He said:", "paragraph") == announced("What the keeper wrote into the book of the pier:") == set()


def test_several_paragraphs_right_below_the_body_go_on_with_it():
    assert continued(below(), {0}) == {1, 2, 3}
    assert continued(below(2), {0}) == set()


@pytest.mark.parametrize(
    "where",
    [
        {"classes": "x1"},
        {"around": "related"},
        {"around": "newsletter-box"},
        {"hidden": True},
        {"link_share": 0.5},
        {"tag": "div"},
    ],
    ids=["named", "in-related", "in-a-newsletter-box", "hidden", "links", "no-paragraphs"],
)
def test_in_other_places_they_do_not(where: dict[str, object]):
    assert continued(below(**where), {0}) == set()


def test_what_stands_farther_below_does_not_go_on():
    heading = Block(1, "heading", "More", False, Context(tag="h2"))
    blocks = (block(0), heading, *(replace(b, index=b.index + 1) for b in below()[1:]))

    assert continued(blocks, {0}) == set()


def rows(**where: object) -> tuple[Block, ...]:
    """Paragraphs, the third of which stands otherwise in some way."""
    blocks = [block(i, path=5) for i in range(4)]
    blocks[2] = block(2, **{"path": 5, **where})
    return tuple(blocks)


def test_a_paragraph_that_stands_as_those_that_stay_does_is_put_back():
    assert paragraphs_alike(rows(), {0, 1, 3}) == {2}


@pytest.mark.parametrize(
    "where", [{"path": 6}, {"link_share": 0.5}, {"hidden": True}], ids=["elsewhere", "links", "hidden"]
)
def test_one_that_stands_otherwise_is_not(where: dict[str, object]):
    assert paragraphs_alike(rows(**where), {0, 1, 3}) == set()


def test_nor_is_one_where_most_go_or_above_the_first_that_stays():
    assert paragraphs_alike(rows(), {0}) == set()
    assert paragraphs_alike(rows(), {1, 2, 3}) == set()


def headed(**where: object) -> tuple[Block, ...]:
    """Paragraphs with a heading above the fourth."""
    heading = {"text": "The chain", "kind": "heading", "tag": "h3", **where}
    return (block(0), block(1), block(2), block(3, **heading), block(4))  # type: ignore[arg-type]


def test_a_heading_right_above_a_paragraph_that_stays_is_put_back():
    assert headings_above(headed(), {0, 1, 2, 4}, None) == {3}


@pytest.mark.parametrize(
    "where",
    [
        {"link_share": 1.0},
        {"hidden": True},
        {"tag": "h1"},
        {"parent": 2},
        {"kind": "paragraph"},
        {"text": " ".join(["chain"] * 20)},
    ],
    ids=["a-link", "hidden", "a-title", "in-a-box", "no-heading", "long"],
)
def test_another_line_is_not(where: dict[str, object]):
    assert headings_above(headed(**where), {0, 1, 2, 4}, None) == set()


def test_above_a_paragraph_that_goes_or_the_first_ones_it_is_not():
    assert headings_above(headed(), {0, 1, 2}, None) == set()
    first = (block(0), block(1, "Share", "heading", "h3"), block(2), block(3))
    assert headings_above(first, {0, 2, 3}, None) == set()


def round_up(href: str, linked: int = 4) -> tuple[Block, ...]:
    """Four headings, each above a paragraph, the first few of which are links."""
    made = [block(0), block(1), block(2)]
    for n in range(4):
        where = {"link_share": 1.0, "href": href} if n < linked else {}
        made += [block(len(made), f"Chain {n}", "heading", "h3", path=7, **where), block(len(made) + 1)]
    return tuple(made)


def test_headings_that_lead_to_a_place_in_the_page_are_put_back():
    blocks = round_up("#chain", 1)
    assert headings_above(blocks, {i for i in range(11) if blocks[i].kind != "heading"}, None) == {3, 5, 7, 9}


def test_headings_that_lead_to_other_sites_are_put_back_if_there_are_several():
    blocks = round_up("https://chains.example/1")
    paragraphs = {i for i in range(11) if blocks[i].kind != "heading"}

    assert headings_above(blocks, paragraphs, "https://post.example/a") == {3, 5, 7, 9}
    assert headings_above(blocks, paragraphs - {6, 8}, "https://post.example/a") == set()


def test_headings_that_lead_to_other_pages_of_the_site_are_not():
    blocks = round_up("/chains")
    assert (
        headings_above(blocks, {i for i in range(11) if blocks[i].kind != "heading"}, "https://post.example/a") == set()
    )


def test_headings_of_cards_are_not():
    """Their paragraphs are a small part of the text."""
    blocks = (*(block(i, path=5) for i in range(9)), block(9, "Chain", "heading", "h3"), block(10, path=6))
    assert headings_above(blocks, {*range(9), 10}, None) == set()


def test_what_is_put_back_says_why():
    draft = Draft(None, Metadata(), (*headed()[:-1], replace(headed()[-1], seed=False)))
    told = {v.block: v.reason for v in judge(draft, Options(), [0.9, 0.9, 0.9, 0.1, 0.9])}

    assert "right above the article's text" in told[3]


def with_list(heading: str = "What you need", linked: float = 0.0) -> tuple[Block, ...]:
    """Two paragraphs, a heading and a list."""
    items = (block(i, f"{i} eggs", "item", "li", parent=2) for i in (3, 4))
    return (block(0), block(1), block(2, heading, "heading", "h3", link_share=linked), *items)


def test_a_heading_above_a_list_that_stays_stays():
    assert headings_above(with_list(), {0, 1, 3, 4}, None) == {2}


def test_a_heading_above_a_list_that_goes_goes_and_one_that_is_a_link():
    assert headings_above(with_list(), {0, 1}, None) == set()
    assert headings_above(with_list(linked=1.0), {0, 1, 3, 4}, None) == set()
    assert headings_above(with_list(), {1, 3, 4}, None) == set()  # too near the top
