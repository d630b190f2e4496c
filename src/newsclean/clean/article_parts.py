"""Which part of an article each block of a page is: a tweet, a fact box, a later post, the standfirst."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.clean.asides import running_text
from newsclean.clean.bios import author_bio
from newsclean.clean.body_features import model_words
from newsclean.clean.class_words import meaning
from newsclean.clean.comments import comments_below, signed_comments
from newsclean.clean.contents import contents
from newsclean.clean.headline import says_title
from newsclean.clean.posts import other_posts
from newsclean.clean.pull_quotes import pull_quotes
from newsclean.clean.shape import is_prose
from newsclean.clean.teasers import link_lists, linked_entries, teasers
from newsclean.letters import squash
from newsclean.model import Block, Draft

KINDS = {"item": "lists", "cell": "tables", "caption": "captions"}
# "image-description", "lead-author", "newsletter-intro", "subhead-date"
NO_STANDFIRST = ("share", "newsletter", "caption", "author", "meta", "comments", "advertisement")
ASIDES = frozenset({"dialog", "nav"})  # below the core
MIN_STANDFIRST_WORDS = 4  # where the page says what it is
PICTURE_LINE = re.compile(r"(?<![a-z])(?:(credits?)|caption|legende?|bildtext)(?![a-z])")  # words of an element
DESCRIPTION_CHARS = 50  # that a line and the page's description begin with in common
MIN_HIDDEN_WORDS = 60  # with less it is article on 1 labelled page of 4, with more on 4 of 6
MAX_ABOVE = 0.5  # of the body's words may stand above the headline, if that and no logo or label is the headline
PARAGRAPH_WORDS = 20


def parts_of(draft: Draft, kept: set[int], *, entries: bool) -> list[str | None]:
    """For each block one of newsclean.parts.PARTS, or what is none of them, or None.

    None of them are "above-headline", "asides", "bios", "comments", "contents", "hidden", "pull-quotes" and
    "teasers".

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
        entries: the entries of a live page count as posts, by their class words; they may well be all its text.
    """
    blocks = draft.blocks
    places = [placed(b, entries=entries) for b in blocks]
    said = {i for i, place in enumerate(places) if place == "comments"}
    comments = comments_below(blocks, kept, said) if said else said
    signed = signed_comments(blocks, kept)
    own_text = running_text(blocks, kept, {i for i, place in enumerate(places) if place == "asides"})
    hidden = little_hidden(blocks, kept)
    entries_of_contents = contents(draft)
    later = other_posts(draft, kept)
    start = first_paragraph(blocks, kept)
    above = above_headline(draft, kept)
    cards = teasers(draft, kept) | link_lists(draft, kept) | linked_entries(draft, kept)
    left = kept - comments - signed - cards
    bio = author_bio(draft, left)
    quotes = pull_quotes(blocks, left)
    description = squash(draft.metadata.description or "")[:DESCRIPTION_CHARS]
    return [
        ("above-headline" if i in above and not is_standfirst(b, description) else None)
        or ("hidden" if i in hidden else None)
        or (places[i] if i not in own_text and (i not in said or i in comments) else None)
        or ("comments" if i in signed else None)
        or ("contents" if i in entries_of_contents else None)
        or ("teasers" if i in cards else None)
        or ("bios" if i in bio else None)
        or ("pull-quotes" if i in quotes else None)
        or ("posts" if i in later else None)
        or ("tables" if b.context.cell else KINDS.get(b.kind))
        or ("standfirst" if i <= start and is_standfirst(b, description) else None)
        or picture_line(b)
        for i, b in enumerate(blocks)
    ]


def placed(block: Block, *, entries: bool) -> str | None:
    """The part that the class words of a block, or those around it, speak of; an aside by its elements.

    A heading's own words are left aside: its id is often what it says.
    """
    context = block.context
    if not ASIDES.isdisjoint(context.inside.split()) or is_footer_line(block):
        return "asides"
    for words in (context.classes if block.kind != "heading" else "", context.place):
        part = meaning(words).part
        if part is not None and (part != "posts" or entries):
            return part
    return None


def is_footer_line(block: Block) -> bool:
    """Whether a block stands in a footer below the core, and is no running text and no quotation's source."""
    names = block.context.inside.split()
    return "footer" in names and "blockquote" not in names and not is_prose(block.text)


def picture_line(block: Block) -> str | None:
    """The part that a paragraph is by its own class words, if they speak of a picture's caption or credit."""
    found = PICTURE_LINE.search(block.context.classes) if block.kind == "paragraph" else None
    return found and ("credits" if found[1] else "captions")


def little_hidden(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of what the page hides and the body extractor has left; empty if it may be the rest of the article.

    Pages hide messages, labels of players and lists of keywords, and the rest of an article until somebody asks for it.
    """
    hidden = {i for i in kept if blocks[i].context.hidden and not blocks[i].seed}
    return hidden if words_of(blocks, hidden) < MIN_HIDDEN_WORDS else set()


def above_headline(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the blocks above the page's headline that stand elsewhere than those below it.

    The headline is the page's only first-level heading, says the title, and has most of what is kept below it.
    """
    blocks = draft.blocks
    headings = [i for i, block in enumerate(blocks) if block.context.tag == "h1"]
    if len(headings) != 1 or not says_title(blocks[headings[0]].text, draft.metadata.title or ""):
        return set()
    (at,) = headings
    above = {i for i in kept if i < at}
    if not above or words_of(blocks, above) >= MAX_ABOVE * words_of(blocks, kept):
        return set()
    below = {blocks[i].context.path for i in kept - above}
    return {i for i in above if blocks[i].context.path not in below}


def words_of(blocks: Sequence[Block], positions: set[int]) -> int:
    """Words of the blocks at these positions."""
    return sum([model_words(blocks[i].text) for i in positions])


def first_paragraph(blocks: Sequence[Block], kept: set[int]) -> int:
    """Position of the first block of the body that is long enough for a paragraph; -1 if there is none."""
    return min((i for i in kept if model_words(blocks[i].text) >= PARAGRAPH_WORDS), default=-1)


def is_standfirst(block: Block, description: str) -> bool:
    """Whether a block above the body is its standfirst, by its class words or because the description repeats it."""
    if model_words(block.text) < MIN_STANDFIRST_WORDS:
        return False
    words = meaning(block.context.classes)
    said = words.says("standfirst") and not words.says(*NO_STANDFIRST)
    return said or (len(description) == DESCRIPTION_CHARS and squash(block.text).startswith(description))
