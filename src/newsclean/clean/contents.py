"""The table of contents of a long article: its headings once more, each a link to a place in the page."""

from __future__ import annotations

from newsclean.clean.shape import SENTENCE_ENDS
from newsclean.letters import squash
from newsclean.model import Block, Draft
from newsclean.urls import parts_of, web_url

ENTRY_LINKED = 0.8  # share of an entry that is the link
KINDS = {"item", "paragraph"}  # a heading may link to itself, and a cell to its row's details
MIN_REPEATED = 2  # entries that a heading of the page repeats


def contents(draft: Draft) -> set[int]:
    """Positions of the entries of a page's table of contents; empty if it has none."""
    here = web_url(draft.url, draft.metadata.canonical_url)
    entries = {i for i, block in enumerate(draft.blocks) if is_entry(block, here)}
    if len(entries) < MIN_REPEATED:
        return set()
    headings = {squash(block.text) for block in draft.blocks if block.kind == "heading"}
    repeated = {i for i in entries if squash(draft.blocks[i].text) in headings}
    if len(repeated) < MIN_REPEATED:
        return set()
    longest = max(len(draft.blocks[i].text) for i in repeated)
    others = {i for i in entries - repeated if not draft.blocks[i].text.endswith(SENTENCE_ENDS)}
    return repeated | {i for i in others if len(draft.blocks[i].text) <= longest}


def is_entry(block: Block, here: str | None) -> bool:
    """Whether a block is a link to a place in its own page.

    Args:
        block: of a page.
        here: the page's URL, if it is known.
    """
    href = block.context.href
    if "#" not in href or block.kind not in KINDS or block.context.link_share < ENTRY_LINKED:
        return False
    page, place = parts_of(here), parts_of(href)
    return place.fragment != "" and place.netloc in {"", page.netloc} and place.path in {"", page.path}
