"""Readers' comments below an article, which are no part of it; class words tell them, or how they are signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from itertools import accumulate, pairwise

from newsclean.clean.body_features import model_words, words_by_path
from newsclean.clean.shape import SENTENCE_ENDS, WORD
from newsclean.letters import squash
from newsclean.model import Block
from newsclean.rules.comments import may_be_signed, unsigned
from newsclean.rules.places import signs

MAX_BELOW = 0.1  # of the article's words may stand below a comment: what else was taken for article
MIN_SHARE = 0.3  # of the words must be the article's; less is enough if it is a text, and the comments are a thread
MIN_ARTICLE_WORDS = 60
MIN_COMMENTS = 3  # elements that hold one each
MOST_BLOCKS = 3  # of one comment, on the average
MAX_SIGNATURE_CHARS = 80
MIN_SIGNED = 2  # with a time, and a half of all; "yesterday, 18:22" has none that is known
MIN_NAMES = 0.75  # of the signatures have a name of their own; entries of a live page have none
MAX_NAME_WORDS = 4
MOST_PLACES = 8  # with the most signatures, that are looked at
MOST_APART = 6  # blocks from one signature to the next
MIN_ABOVE = 0.5  # of the article's words stand above the first, if they are less than MIN_ARTICLE_WORDS


def comments_below(blocks: Sequence[Block], kept: set[int], named: set[int]) -> set[int]:
    """Positions of the comments below the article; empty where class words must mean something else.

    A piece of opinion is called a comment as well, and so are an expert's box, a note on each of ten wines, which stand
    below headings, what is told of a match, and readers' letters, which are all there is.

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
        named: positions of those that class words call comments.
    """
    told = " ".join({f"{blocks[i].context.classes} {blocks[i].context.around}" for i in named})
    words = [model_words(block.text) if i in kept else 0 for i, block in enumerate(blocks)]
    of_article = [0, *accumulate(0 if i in named else n for i, n in enumerate(words))]
    total = of_article[-1]
    below = {i for i in named if total - of_article[i] <= MAX_BELOW * total}
    headings = [i for i in kept - named if blocks[i].kind == "heading"]
    if not below or signs()["commentary"].pattern.search(told) or max(headings, default=-1) > min(below):
        return set()
    is_thread = signs()["thread"].pattern.search(told) is not None
    holders = {holder_of(blocks[i]) for i in below & kept}
    if total >= MIN_SHARE * (total + sum([words[i] for i in below])):
        is_one = len(below & kept) < 2
        return (
            below if (is_thread or signs()["comments"].pattern.search(told)) and (is_one or len(holders) > 1) else set()
        )
    are_many = len(holders) >= MIN_COMMENTS and len(below & kept) <= MOST_BLOCKS * len(holders)
    return below if total >= MIN_ARTICLE_WORDS and are_many and is_thread else set()


def holder_of(block: Block) -> tuple[int, int]:
    """What holds a comment: the element around a paragraph, or the block's own element if class words name that."""
    context = block.context
    return (0, block.index) if context.classes else (1, context.parent)


def signed_comments(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of comments below the article that are signed in one way, each with a name: "riverfan, 3 hours ago".

    Args:
        blocks: all of the page.
        kept: positions of those that would be the body.
    """
    if not may_be_signed("\n".join([block.text for block in blocks if len(block.text) <= MAX_SIGNATURE_CHARS])):
        return set()
    lines: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if is_line(block):
            lines.setdefault(block.context.path, []).append(i)
    signed = {i: left for members in lines.values() for i in members if (left := unsigned(blocks[i].text)) is not None}
    counts = Counter([blocks[i].context.path for i in signed])
    words = [model_words(block.text) if i in kept else 0 for i, block in enumerate(blocks)]
    upto = [0, *accumulate(words)]
    for path, count in counts.most_common(MOST_PLACES):
        members = without_buttons(blocks, lines[path], signed)
        names = {n for i in members if is_name(n := name_at(blocks, i, signed.get(i, blocks[i].text)))}
        first = members[0]
        apart = max((k - i for i, k in pairwise(members)), default=0)
        last = min(members[-1] + apart, len(blocks) - 1)
        if (
            count >= max(MIN_SIGNED, len(members) / 2)
            and len(names) >= max(MIN_COMMENTS, MIN_NAMES * len(members))
            and apart <= MOST_APART
            and upto[first] >= min(MIN_ARTICLE_WORDS, MIN_ABOVE * upto[-1])
            and upto[-1] - upto[last + 1] <= MAX_BELOW * upto[-1]
            and not any(blocks[i].kind == "heading" for i in kept if first < i <= last)
            and are_apart(blocks, kept, members, last)
        ):
            return {i for i in kept if first <= i <= last or (i == first - 1 and is_line(blocks[i]))}
    return set()


def is_line(block: Block) -> bool:
    """Whether a block is short, and no sentence."""
    return len(block.text) <= MAX_SIGNATURE_CHARS and not block.text.endswith(SENTENCE_ENDS)


def without_buttons(blocks: Sequence[Block], lines: list[int], signed: Container[int]) -> list[int]:
    """The lines without those that say the same again and again: "Reply"."""
    counts = Counter([blocks[i].text for i in lines])
    return [i for i in lines if i in signed or counts[blocks[i].text] == 1]


def name_at(blocks: Sequence[Block], i: int, said: str) -> str:
    """What a line says but for the time, a name if it signs a comment; the line above it if there is nothing else."""
    return said if squash(said) or not i else blocks[i - 1].text


def is_name(said: str) -> bool:
    """Whether a text may be somebody's name: a few words that are no number."""
    return len(WORD.findall(said)) <= MAX_NAME_WORDS and any(map(str.isalpha, said))


def are_apart(blocks: Sequence[Block], kept: set[int], members: list[int], last: int) -> bool:
    """Whether signatures and what stands between them are elsewhere than the text above, and no captions or quotations.

    Entries of a live page, posts that an article quotes and its own paragraphs have times and names as well.
    """
    above = [i for i in range(members[0]) if i in kept and not is_line(blocks[i])]
    path = next((path for path, _ in words_by_path(blocks, above).most_common(1)), None)
    signatures = {*members}
    between = [blocks[i] for i in range(members[0], last + 1) if i not in signatures]
    all_of_it = (blocks[members[0]], *between)
    return bool(between) and not any(
        b.context.path == path or b.kind == "caption" or "blockquote" in b.context.inside.split() for b in all_of_it
    )
