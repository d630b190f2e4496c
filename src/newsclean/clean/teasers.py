"""Teasers of other stories, told by how they stand: a link, then a few lines, in one card after the other.

Cards read like the article, and the body extractor takes them for it, so what tells them is the row: each text of its
kind stands behind a link that may be the title of another page of the site, and in an element of its own. Where the
model keeps such a title, or a heading above the row, they may as well be the article's own: what is doubtful stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.clean.body_features import model_words
from newsclean.clean.shape import SENTENCE_ENDS, is_prose
from newsclean.model import Block, Draft
from newsclean.urls import parts_of, web_url

TITLE_BYTES = 15  # of a link, from which it may be a story's title; a Chinese character has three
TITLE_LINKED = 0.8  # share of it that is the link
LABEL_WORDS = 8  # at most, of what may stand between title and text: a date, a section
MIN_WORDS = 4  # of the longest of a row; less is a label
MAX_WORDS = 50  # of a teaser; of those on labelled pages the longest has 32, the shortest text that is none 86
MIN_TEASERS = 3
MIN_ARTICLE_WORDS = 40  # above a list of links; with less the list may be what the page is for
MIN_HEADLINE_CHARS = 25  # of a link with which an entry begins; a shorter one may be a name or a place
MIN_ENTRY_LINKED = 0.15  # share of it that is the link
MAX_SHARE = 0.34  # of the body's words; if there are more, the cards are what the page is about


def teasers(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the blocks that are the text of a teaser.

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
    """
    blocks = draft.blocks
    here = web_url(draft.url, draft.metadata.canonical_url)
    stories = {i: block.context.href for i, block in enumerate(blocks) if i not in kept and is_title(block, here)}
    if len(stories) < MIN_TEASERS:
        return set()
    groups: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        groups.setdefault(block.context.path, []).append(i)
    words = {i: model_words(blocks[i].text) for i in kept}
    found: set[int] = set()
    for group in groups.values():
        of_body = kept.intersection(group)
        longest = max([words[i] for i in of_body], default=0)
        if (
            len(group) < MIN_TEASERS
            or not MIN_WORDS <= longest <= MAX_WORDS
            or is_below_heading(blocks, group[0], kept)
        ):
            continue
        titles = [title for i in group if (title := title_above(blocks, i, stories))]
        elements = {blocks[i].context.parent for i in group}
        is_row = len(titles) == len(elements) == len(group) and len({*titles}) >= MIN_TEASERS
        if is_row and sum(words[i] for i in of_body) <= MAX_SHARE * sum(words.values()):
            found |= of_body
    return found


def link_lists(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the items of lists below the article that are nothing but links to other pages of the site.

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
    """
    blocks = draft.blocks
    items = [i for i, block in enumerate(blocks) if block.kind == "item"]
    if len(items) < MIN_TEASERS or kept.isdisjoint(items):
        return set()
    here = web_url(draft.url, draft.metadata.canonical_url)
    lists: dict[int, list[int]] = {}
    for i in items:
        lists.setdefault(blocks[i].context.parent, []).append(i)
    words = {i: model_words(blocks[i].text) for i in kept if blocks[i].context.link_share < TITLE_LINKED}
    if sum([count for count in words.values() if count > LABEL_WORDS]) < MIN_ARTICLE_WORDS:
        return set()
    last = max([i for i in words if blocks[i].kind != "item"], default=len(blocks))
    return {
        i
        for members in lists.values()
        if len(members) >= MIN_TEASERS
        and members[0] > last
        and all(is_headline(blocks[k], here) for k in members)
        and not (members[0] - 1 in kept and is_lead_in(blocks[members[0] - 1]))
        for i in members
    }


def linked_entries(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the entries below the article that each begin with a headline, which links to its story, and go on.

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
    """
    blocks = draft.blocks
    here = web_url(draft.url, draft.metadata.canonical_url)
    rows: dict[int, list[int]] = {}
    for i in sorted(kept):
        if is_entry(blocks[i], here):
            rows.setdefault(blocks[i].context.path, []).append(i)
    if not any(len(members) >= MIN_TEASERS for members in rows.values()):
        return set()
    prose = {i: model_words(blocks[i].text) for i in sorted(kept, reverse=True) if is_prose(blocks[i].text)}
    total = sum(prose.values())
    found: set[int] = set()
    for members in rows.values():
        row = {*members}
        above = next((i for i in prose if i not in row), None)  # the last of the others
        if len(row) < MIN_TEASERS or above is None or above > members[0]:
            continue
        is_led_in = members[0] - 1 in kept and is_lead_in(blocks[members[0] - 1])
        words = total - sum([prose.get(i, 0) for i in row])
        own = sum([model_words(blocks[i].text) for i in row])
        if words >= MIN_ARTICLE_WORDS and own <= MAX_SHARE * (own + words) and not is_led_in:
            found |= row
    return found


def is_entry(block: Block, here: str | None) -> bool:
    """Whether a block begins with a link to another page of the site, long enough for a headline, and goes on."""
    context = block.context
    return (
        context.link_first
        and MIN_ENTRY_LINKED <= context.link_share < TITLE_LINKED
        and context.link_share * len(block.text) >= MIN_HEADLINE_CHARS
        and leads_to_story(block, here)
    )


def is_below_heading(blocks: Sequence[Block], i: int, kept: set[int]) -> bool:
    """Whether the row that begins with this block stands below a heading that would be the article's."""
    above = [k for k in range(max(i - 3, 0), i) if k in kept and blocks[k].kind == "heading"]
    return any(blocks[k].context.link_share < TITLE_LINKED for k in above)


def title_above(blocks: Sequence[Block], i: int, stories: dict[int, str]) -> str | None:
    """Where the title leads that stands just before a block; a short line of another kind may stand between."""
    if i - 1 in stories:
        return stories[i - 1]
    is_label = i > 1 and blocks[i - 1].context.path != blocks[i].context.path
    return stories.get(i - 2) if is_label and model_words(blocks[i - 1].text) <= LABEL_WORDS else None


def is_lead_in(block: Block) -> bool:
    """Whether a block just above a list that the article keeps says that the list is the article's."""
    return block.context.link_share < TITLE_LINKED and (block.kind == "heading" or block.text.endswith((":", "：")))


def is_headline(block: Block, here: str | None) -> bool:
    """Whether a block is a link to another page of the site, and no sentence."""
    return is_story(block, here) and not block.text.endswith(SENTENCE_ENDS)


def is_title(block: Block, here: str | None) -> bool:
    """Whether a block may be a title that links to its story.

    Args:
        block: of a page.
        here: the page's URL, if it is known.
    """
    return len(block.text.encode("utf-8", "replace")) >= TITLE_BYTES and is_story(block, here)


def is_story(block: Block, here: str | None) -> bool:
    """Whether a block is a link to another page of the site.

    Args:
        block: of a page.
        here: the page's URL, if it is known.
    """
    return block.context.link_share >= TITLE_LINKED and leads_to_story(block, here)


def leads_to_story(block: Block, here: str | None) -> bool:
    """Whether the link with which a block begins leads to another page of the site."""
    page, story = parts_of(here), parts_of(block.context.href)
    if story.scheme not in {"", "http", "https"} or story.path in {"", page.path}:
        return False  # a place in this page
    return not story.netloc or story.netloc.removeprefix("www.") == page.netloc.removeprefix("www.")
