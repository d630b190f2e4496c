"""Teasers of other stories: cards in a row, each a link and a few lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.clean.body import judge
from newsclean.clean.options import Options
from newsclean.clean.teasers import link_lists, linked_entries, teasers
from newsclean.model import Block, Context, Draft, Metadata

BODY = (
    "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink. " * 3
)
TITLES = (
    "Mill at Aldermouth to be turned into flats",
    "School bus is late for the tenth time",
    "No ice on the lake for the skaters",
)
TEASERS = ("The wheel stood still for forty years.", "Parents wait in the rain at the bridge.", "Skaters stay at home.")


def page(*texts: str, path: int = 1) -> list[Block]:
    """Paragraphs of an article, in one element."""
    return [Block(i, "paragraph", text, True, Context(tag="p", parent=1, path=path)) for i, text in enumerate(texts)]


def card(
    at: int, title: str, text: str, *, label: str = "", linked: float = 1.0, parent: int = 0, href: str = "/story-{at}"
) -> list[Block]:
    """A title, a label if there is one, and a text, all in an element of their own."""
    parent = parent or 10 + at
    context = Context(tag="h3", parent=parent, path=2, link_share=linked, link_first=True, href=href.format(at=at))
    title_block = Block(at, "heading", title, False, context)
    labels = [Block(at + 1, "paragraph", label, False, Context(tag="span", parent=parent, path=3))] if label else []
    context = Context(tag="p", parent=parent, path=4, seed_share=1.0)
    return [title_block, *labels, Block(at + 1 + len(labels), "paragraph", text, True, context)]


def cards(count: int = 3, **how: object) -> list[Block]:
    """Cards below an article of two paragraphs."""
    made = page(BODY, BODY + "Then he slept.")
    for title, text in zip(TITLES[:count], TEASERS, strict=False):
        made += card(len(made), title, text, **how)  # type: ignore[arg-type]
    return made


def texts(blocks: list[Block]) -> list[str]:
    """What `teasers` finds in a page whose seeds would be the body."""
    draft = Draft("https://www.post.example/harbour/chain.html", Metadata(), tuple(blocks))
    found = teasers(draft, {i for i, block in enumerate(blocks) if block.seed})
    return [blocks[i].text for i in sorted(found)]


def test_texts_that_stand_behind_a_link_each_in_its_own_card_are_teasers():
    assert texts(cards()) == [*TEASERS]


def test_a_date_may_stand_between_the_title_and_the_text():
    assert texts(cards(label="12 March 2024")) == [*TEASERS]


@pytest.mark.parametrize(
    "href",
    ["https://post.example/{at}", "//www.post.example/{at}", "story-{at}.html"],
    ids=["host", "no-scheme", "beside"],
)
def test_titles_may_lead_to_the_site_in_any_way(href):
    assert texts(cards(href=href)) == [*TEASERS]


def test_a_saved_page_goes_by_its_canonical_url():
    blocks = tuple(cards(href="https://post.example/{at}"))
    metadata = Metadata(canonical_url="https://www.post.example/harbour/chain.html")

    assert (
        len(
            teasers(
                Draft("saved/chain.html", metadata, blocks), {i for i, b in enumerate(blocks) if b.kind != "heading"}
            )
        )
        == 3
    )


@pytest.mark.parametrize(
    "href",
    [
        "#part-{at}",
        "https://www.post.example/harbour/chain.html#part-{at}",
        "?entry={at}",
        "javascript:show({at})",
        "mailto:desk{at}@post.example",
        "",
        "https://shop.example/{at}",
        "/archive",
    ],
    ids=["anchor", "own-page", "own-entry", "script", "mail", "nowhere", "another-site", "one-page-for-all"],
)
def test_sections_of_the_article_whose_titles_are_other_links_are_no_teasers(href):
    assert texts(cards(href=href)) == []


@pytest.mark.parametrize(
    "blocks",
    [
        cards(2),
        cards(linked=0.2),
        cards(parent=7),
        cards(label=BODY),
        cards()[2:],
        [*cards(), *card(8, TITLES[0], BODY)],
    ],
    ids=["two", "titles-that-are-no-links", "all-in-one-element", "long-text-between", "all-there-is", "one-is-long"],
)
def test_what_is_not_a_row_of_cards_beside_a_text_is_no_teaser(blocks):
    assert texts(blocks) == []


def test_a_link_as_short_as_a_name_is_no_title_of_a_story():
    named = page(BODY, BODY + "Then he slept.")
    for name, text in zip(("Oskar 300", "Ilse 20", "Rope & Sons"), TEASERS, strict=True):
        named += card(len(named), name, text)

    assert texts(named) == []


def test_one_of_the_kind_that_stands_behind_no_link_makes_all_of_them_text():
    blocks = cards()
    last = Block(len(blocks), "paragraph", "The ropes are new.", True, Context(tag="p", parent=99, path=4))

    assert texts([*blocks, last]) == []


def test_a_row_whose_titles_are_kept_is_the_articles_own():
    kept = [replace(block, seed=True) if block.kind == "heading" else block for block in cards()]

    assert texts(kept) == []


def test_a_row_below_a_heading_that_is_kept_is_the_articles_own():
    blocks = page(BODY, BODY + "Then he slept.")
    blocks.append(Block(2, "heading", "Where to eat", True, Context(tag="h2", parent=1, path=9)))
    for title, text in zip(TITLES, TEASERS, strict=True):
        blocks += card(len(blocks), title, text)

    assert texts(blocks) == []


def test_labels_are_no_teasers():
    blocks = [replace(block, text="Pros") if block.text in TEASERS else block for block in cards()]

    assert texts(blocks) == []


def test_teasers_go_with_a_reason():
    blocks = cards()
    verdicts = judge(Draft(None, Metadata(), tuple(blocks)), Options(), [0.9 if b.seed else 0.0 for b in blocks])

    assert [v.rule for v in verdicts if not v.stays and blocks[v.block].seed] == ["teaser"] * 3
    assert "stand behind a link each" in verdicts[3].reason


def link_list(at: int, count: int = 3, *, share: float = 1.0, href: str = "/story-{}") -> list[Block]:
    """A list of links to other stories, which the body extractor took."""
    contexts = (Context(tag="li", parent=9, link_share=share, href=href.format(i)) for i in range(count))
    return [Block(at + i, "item", TITLES[i % 3], True, context) for i, context in enumerate(contexts)]


def listed(blocks: list[Block]) -> set[int]:
    """What `link_lists` finds in a page whose seeds would be the body."""
    draft = Draft("https://www.post.example/harbour/chain.html", Metadata(), tuple(blocks))
    return link_lists(draft, {i for i, block in enumerate(blocks) if block.seed})


def test_a_list_of_links_to_other_pages_of_the_site_below_the_article_is_of_teasers():
    assert listed([*page(BODY, BODY), *link_list(2)]) == {2, 3, 4}


@pytest.mark.parametrize(
    "blocks",
    [
        [*page(BODY, BODY), *link_list(2, 2)],
        [*page(BODY, BODY), *link_list(2, share=0.5)],
        [*page(BODY, BODY), *link_list(2, href="https://mill.example/{}")],
        [*page(BODY, BODY), *link_list(2, href="#note-{}")],
        [*page(BODY), *link_list(1), *(replace(block, index=4) for block in page(BODY))],
        [*page("Our stories of today."), *link_list(1)],
    ],
    ids=["two", "half-links", "elsewhere", "in-the-page", "text-below", "no-article"],
)
def test_other_lists_are_the_article_s(blocks: list[Block]):
    assert listed(blocks) == set()


def entries(count: int = 3, *, share: float = 0.5, href: str = "/story-{n}", text: str = "") -> list[Block]:
    """Lines below an article that each begin with a link and go on."""
    made = page(BODY, BODY + "Then he slept.")
    for n in range(count):
        context = Context(tag="p", parent=9, path=7, link_share=share, link_first=True, href=href.format(n=n))
        said = text or f"{TITLES[n % 3]} – {TEASERS[n % 3]}"
        made.append(Block(len(made), "paragraph", said, True, context))
    return made


def block_of(text: str) -> Block:
    return Block(1, "paragraph", text, True, Context(tag="p", parent=1, path=1))


def linked(blocks: list[Block]) -> set[int]:
    draft = Draft("https://www.post.example/harbour/chain.html", Metadata(), tuple(blocks))
    return linked_entries(draft, set(range(len(blocks))))


def test_entries_below_the_article_that_begin_with_a_headline_go():
    assert linked(entries()) == {2, 3, 4}


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param(entries(2), id="two"),
        pytest.param(entries(share=0.05), id="short-link"),
        pytest.param(entries(text="Ann Bell – she keeps the boats of the harbour", share=0.2), id="names"),
        pytest.param(entries(href="https://other.example/{n}"), id="other-sites"),
        pytest.param(entries(href="#{n}"), id="this-page"),
        pytest.param(
            [*entries(), Block(5, "paragraph", BODY + "He woke.", True, Context(tag="p", path=1))], id="between"
        ),
        pytest.param(entries()[2:], id="all-of-the-page"),
        pytest.param([entries()[0], block_of("These are the stories:"), *entries()[2:]], id="led-in"),
        pytest.param(entries(12), id="a-round-up"),
    ],
)
def test_other_lines_that_begin_with_links_stay(blocks: list[Block]):
    assert linked(blocks) == set()
