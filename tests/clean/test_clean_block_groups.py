"""The numbers of the groups that a block is one of: its path, its element, its section, its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.clean.block_groups import BlockGroups, sums
from newsclean.model import Block, Context


def groups(*blocks: tuple[int, Context]) -> BlockGroups:
    """Blocks of so many words; those with a seed share of 1 are seeds."""
    made = [Block(i, "paragraph", "word " * n, c.seed_share == 1, c) for i, (n, c) in enumerate(blocks)]
    return BlockGroups(made, [n for n, _ in blocks], 50)


def numbers(page: BlockGroups, name: str) -> list[float]:
    """One number of every block."""
    return [*page.columns(range(len(page.words)))[name]]


PARAGRAPH = Context(tag="p", path=1, parent=1)
TITLE = Context(tag="h3", path=2, parent=2, link_share=1.0, seed_share=0.0)
TEASER = Context(tag="p", path=3, parent=3, seed_share=0.25)
TEASERS = groups((30, PARAGRAPH), (20, PARAGRAPH), (5, TITLE), (10, TEASER), (5, TITLE), (14, TEASER))


@pytest.mark.parametrize(
    ("name", "paragraph", "teaser"),
    [
        ("path_share", 1.0, 0.0),
        ("path_blocks", 2.0, 2.0),
        ("path_words", 25.0, 12.0),
        ("path_links", 0.0, 0.0),
        ("path_seed", 1.0, 0.25),
        ("path_adjacent", 1.0, 0.0),
        ("path_behind_link", 0.0, 1.0),
        ("parent_share", 1.0, 0.0),
        ("parent_seed", 1.0, 0.0),
        ("parent_links", 0.0, 0.0),
        ("parent_blocks", 2.0, 2.0),
        ("section_seed", 1.0, 2.5 / 15),
        ("section_links", 0.0, 5 / 15),
        ("section_blocks", 2.0, 2.0),
        ("from_heading", 30.0, 1.0),
        ("links_near", 0.0, 5 / 55),
        ("words_near", (20 + 5 + 10 + 5 + 14) / 6, (5 + 14) / 6),
    ],
)
def test_paragraphs_and_teasers_differ_as_groups(name, paragraph, teaser):
    first, _, _, behind, *_ = numbers(TEASERS, name)

    assert first == pytest.approx(paragraph)
    assert behind == pytest.approx(teaser)


def test_a_section_begins_with_its_heading():
    page = groups((30, PARAGRAPH), (3, TITLE), (20, PARAGRAPH), (20, PARAGRAPH))

    assert numbers(page, "from_heading") == [30, 0, 1, 2]
    assert numbers(page, "section_blocks") == [1, 3, 3, 3]


def test_a_page_that_begins_with_a_heading_has_nothing_before_it():
    assert numbers(groups((3, TITLE), (20, PARAGRAPH)), "from_heading") == [0, 1]


def test_more_blocks_and_words_than_matter_count_as_those_that_do():
    page = groups(*[(300, PARAGRAPH)] * 40)

    assert (
        numbers(page, "path_blocks") == numbers(page, "parent_blocks") == numbers(page, "section_blocks") == [30] * 40
    )
    assert numbers(page, "path_words") == [100] * 40
    assert numbers(page, "words_near")[0] == 100


def test_blocks_without_words_divide_by_nothing():
    assert all(len([*column]) == 2 for column in groups((0, PARAGRAPH), (0, TITLE)).columns([0, 1]).values())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-9, 9))))
def test_sums_are_those_of_each_key(pairs):
    keys, column = [k for k, _ in pairs], [n for _, n in pairs]

    expected = {k: (keys.count(k), sum(n for key, n in pairs if key == k)) for k in keys}
    assert {k: (count, total) for k, count, total in sums(keys, column)} == expected
