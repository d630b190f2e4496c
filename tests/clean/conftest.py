"""Small drafts, a small vocabulary, and what a cleaner proposes for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from newsclean.clean.options import Options
from newsclean.clean.pipeline import Cleaner
from newsclean.model import Block, Change, Draft, FieldChange, Metadata
from newsclean.parts import Part
from newsclean.rules import Rules, read_phrases

VOCABULARY = """
[[phrase]]
id = "share-buttons"
scope = "line"
pattern = 'share(?: this story)?'
hits = ["Share this story"]
misses = ["Share prices fell."]

[[phrase]]
id = "updated-label"
scope = "edge"
pattern = 'last updated .{1,40}'
hits = ["Last updated on Monday"]
misses = ["Last updated"]

[[phrase]]
id = "page-label"
scope = "edge"
pattern = 'comments'
hits = ["Comments"]
misses = ["Comments on the draft"]

[[phrase]]
id = "related-heading"
scope = "section"
pattern = 'you might also like'
hits = ["You might also like"]
misses = ["You might also like the soup."]

[[phrase]]
id = "photo-label"
scope = "caption"
pattern = 'photo: .{1,80}'
hits = ["Photo: Post archive"]
misses = ["Photos of the boat were lost."]

[[phrase]]
id = "rights"
scope = "credit"
pattern = 'all rights reserved'
hits = ["All rights reserved"]
misses = ["All rights of way were reserved."]

[[phrase]]
id = "correction"
scope = "correction"
pattern = 'correction: .{1,280}'
hits = ["Correction: The boat is blue."]
misses = ["Corrections were made by hand."]
"""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a cleaner proposes.

    Attributes:
        changes: (rule, block, before, after) of each change of a block.
        fields: the new value of each field of the metadata that changes.
    """

    changes: list[tuple[str, int, str | None, str | None]]
    fields: dict[str, Any]


def make_draft(*lines: str | Block, url: str | None = None, **metadata: Any) -> Draft:
    """The draft of some lines; a Block among them keeps all but its index."""
    parts = [Block(0, "paragraph", line) if isinstance(line, str) else line for line in lines]
    blocks = tuple(replace(part, index=i) for i, part in enumerate(parts))
    return Draft(url, Metadata(**{"language": "en", **metadata}), blocks)


@pytest.fixture(scope="session")
def draft() -> Callable[..., Draft]:
    return make_draft


@pytest.fixture(scope="session")
def propose() -> Callable[..., Proposed]:
    phrases = read_phrases(VOCABULARY, "xx")
    rules = Rules(phrases)

    def run(cleaner: Cleaner, of: Draft, keep: Iterable[Part] = (), drop: Iterable[Part] = ()) -> Proposed:
        changes = list(cleaner(of, rules, Options(keep=frozenset(keep), drop=frozenset(drop))))
        assert all(c.reason for c in changes)
        return Proposed(
            [(c.rule, c.block, c.before, c.after) for c in changes if isinstance(c, Change)],
            {c.field: c.after for c in changes if isinstance(c, FieldChange)},
        )

    return run


@pytest.fixture(scope="session")
def prose() -> tuple[str, ...]:
    """Five paragraphs of running text."""
    return (
        "The night ferry left Aldermouth an hour late on Friday because the crew had to count the lifejackets twice.",
        "Nobody on the pier had been told that the second boat would stay in the yard until the end of the winter.",
        "The harbour office says that it sent letters to all households, but that the postman was ill that week.",
        "A spokeswoman for the yard said the new propeller had been cast too small and would have to be made again.",
        "Until then the islanders will share one boat with the mail, forty crates of bread and the school's choir.",
    )
