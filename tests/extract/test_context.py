"""Where a block stood in the page."""

from __future__ import annotations

import pytest

from newsclean.extract.context import MAX_CLASS_CHARS, with_contexts
from newsclean.extract.document import parse
from newsclean.model import Block, Context


def context_in(html: str, text: str = "The ferry left.") -> Context | None:
    (block,) = with_contexts([Block(0, "paragraph", text)], parse(html))
    return block.context


def test_a_block_has_the_words_of_its_element_and_near_ancestors() -> None:
    html = '<main id=Top><div class="Story Lead" role=main><p id=p1 class=intro>The ferry left.</p></div></main>'

    assert context_in(html) == Context("p", "intro p1 story lead main top", 0.0)


def test_only_near_ancestors_count() -> None:
    html = "<div class=far><div><div><div class=near><p>The ferry left.</p></div></div></div></div>"

    assert context_in(html) == Context("p", "near", 0.0)


def test_the_words_are_bounded() -> None:
    found = context_in(f"<p class='{'x ' * MAX_CLASS_CHARS}'>The ferry left.</p>")

    assert found is not None
    assert len(found.classes) == MAX_CLASS_CHARS


@pytest.mark.parametrize(
    ("html", "share"),
    [
        ("<p>The ferry left.</p>", 0.0),
        ("<p>The <a href=/f>ferry</a> left.</p>", 5 / 13),
        ("<p><a href=/f>The ferry left.</a></p>", 1.0),
        ("<div><a href=/f>The ferry left.</a></div>", 1.0),
    ],
    ids=["none", "some", "all", "a-link"],
)
def test_the_share_of_link_text(html: str, share: float) -> None:
    found = context_in(html)

    assert found is not None
    assert found.link_share == pytest.approx(share)


def test_white_space_and_inline_markup_do_not_hide_a_block() -> None:
    assert context_in("<p class=x>The\n <b>fer</b>ry&nbsp;left.</p>") == Context("p", "x", 0.0)


def test_a_paragraph_goes_before_a_link_of_the_same_text() -> None:
    html = "<a class=teaser>The ferry left.</a><p class=story>The ferry left.</p><p class=later>The ferry left.</p>"

    assert context_in(html) == Context("p", "story", 0.0)


def test_a_block_that_is_nowhere_on_the_page_stays_as_it_was() -> None:
    block = Block(3, "paragraph", "The ferry stayed.")

    assert with_contexts([block], parse("<p>The ferry left.</p>")) == (block,)
