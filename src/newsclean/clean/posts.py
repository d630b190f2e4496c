"""Posts and articles on a page other than the one it is for: those of a blog, and the next story below this one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from newsclean.bylines import is_byline
from newsclean.clean.body_features import model_words
from newsclean.clean.class_words import meaning
from newsclean.clean.headline import says_title
from newsclean.model import Block, Draft

# As blog systems number their posts; the letters first, as they are searched for fastest.
POST = re.compile(r"post-(?<![\w-]post-)(\d{1,12})(?![\w-])")
MIN_POSTS = 3
MAX_LABEL_WORDS = 12  # of a byline or a date
MIN_LEAD_WORDS = 60  # that make a text: of what stands outside the posts, else of the first post, or of the article


def other_posts(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the blocks in posts or articles other than the page's own.

    Args:
        draft: of a page.
        kept: positions of the blocks that would be the body.
    """
    return numbered_posts(draft.blocks, kept) | other_articles(draft, kept)


def other_articles(draft: Draft, kept: set[int]) -> set[int]:
    """Positions of the blocks in `article` elements beside the page's own that have a headline like its headline.

    So a page carries the next stories that it shows to who reads on, each with a byline or a date, as its own. Entries
    of a live page and items of a list have lower headings than the page, comments and teasers have none of the kind,
    and chapters no bylines.
    """
    blocks, title = draft.blocks, draft.metadata.title or ""
    headlines = [b for b in blocks if b.kind == "heading" and b.context.articles]
    headline = next((b.context for b in headlines if says_title(b.text, title)), None) if len(headlines) > 1 else None
    if headline is None:
        return set()
    own = headline.articles[-1]
    rivals = [b for b in headlines if b.context.tag == headline.tag and own not in b.context.articles]
    if headline.tag != "h1":  # in one article around all, lower headings are those of its parts
        rivals = [b for b in rivals if b.context.articles[0] != headline.articles[0]]
    others = {b.context.articles[-1] for b in rivals if not says_title(b.text, title)}.difference(headline.articles)
    words = sum([model_words(blocks[i].text) for i in kept if own in blocks[i].context.articles])
    if not others or words < MIN_LEAD_WORDS:
        return set()
    signed = {b.context.articles[-1] for b in blocks if b.context.articles and is_signed(b)}
    if own not in signed:
        return set()
    return {i for i, block in enumerate(blocks) if not (others & signed).isdisjoint(block.context.articles)}


def is_signed(block: Block) -> bool:
    """Whether a block is a byline or a date, by its words, its class words or its element."""
    if model_words(block.text) > MAX_LABEL_WORDS:
        return False
    is_author = meaning(block.context.classes).says("author")
    return is_author or block.context.tag == "time" or is_byline(block.text)


def numbered_posts(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the blocks in numbered posts other than the page's first text; empty if the page has no such posts.

    A live page has its posts below a text of its own, a blog's front page and a forum's thread are nothing but posts.
    """
    said = {b.context.classes for b in blocks} | {b.context.around for b in blocks}
    if not any("post-" in words for words in said):
        return set()
    posts = [outermost_post(b) for b in blocks]
    if len({*posts} - {None}) < MIN_POSTS:
        return set()
    words: Counter[str | None] = Counter()
    for i in sorted(kept):
        words[posts[i]] += model_words(blocks[i].text)
    first = None if words[None] >= MIN_LEAD_WORDS else next((p for p, n in words.items() if n >= MIN_LEAD_WORDS), None)
    if first is None and words[None] < MIN_LEAD_WORDS:
        return set()
    return {i for i, post in enumerate(posts) if post not in {None, first}}


def outermost_post(block: Block) -> str | None:
    """The number of the outermost post around a block; None if it stands in none."""
    numbers = POST.findall(f"{block.context.classes} {block.context.around}")
    return numbers[-1] if numbers else None
