"""Which blocks of a page are the article, and why: the body model's chances, and the caller's choice of parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsclean.clean.body_features import NAMES, PageFeatures, word_count
from newsclean.clean.options import Options
from newsclean.clean.places import parts_of
from newsclean.clean.selection import MIN_KEPT, is_link, select
from newsclean.clean.shape import is_prose
from newsclean.clean.trees import load
from newsclean.model import Block, Change, Draft, Verdict

RULE = "body-model"
SHOWN_LINK_SHARE = 0.3
KINDS = {"item": "a list item", "cell": "a table cell", "caption": "a caption", "heading": "a heading"}
# Those that a page tells from its text; the cleaners decide about the other parts, of texts without a page as well.
RULES = {
    "asides": ("aside", "what stands there is no part of the article"),
    "fact-boxes": ("fact-box", "a fact box"),
    "posts": ("later-post", "a later post than the first"),
    "standfirst": ("standfirst", "the standfirst, which is to be dropped"),
    "tables": ("table", "a table, which is to be dropped"),
    "tweets": ("tweet", "somebody's post elsewhere"),
}


def judge(draft: Draft, options: Options, chances: Sequence[float] | None = None) -> tuple[Verdict, ...]:
    """For each block of a page whether it is the body, and why.

    Only pages have something to decide: text that came without a page is all seeds, and so is a cleaned article; for
    these there are no verdicts.

    Args:
        draft: as extraction left it.
        options: which parts of an article stay and go.
        chances: of each block to be body, in the place of the model's.
    """
    blocks = draft.blocks
    if all(b.seed for b in blocks):
        return ()
    if chances is None:
        page, probability = PageFeatures(draft), load("body_model", NAMES).probability
        # a link's chance counts for nothing, and need not be known
        chances = [0.0 if is_link(b) else probability(page.row(i)) for i, b in enumerate(blocks)]
    likely = select(blocks, chances)
    parts = parts_of(draft, likely, entries="posts" in options.drop)
    going = {i for i, part in enumerate(parts) if part in RULES and goes(part, options)}
    posts = {i for i in going if parts[i] == "posts"}  # there, what stays has been looked at
    if words_of(blocks, likely - going) < MIN_KEPT * words_of(blocks, likely - posts):
        going = posts  # a class word means something else here: nothing is cut to nothing
    kept = likely - going | asked_for(blocks, parts, likely, options)
    return tuple(verdicts(blocks, kept, {i: RULES[parts[i] or ""] for i in going}))


def goes(part: str | None, options: Options) -> bool:
    """Whether what stands in such a place goes."""
    return part == "asides" or options.drops(part)  # type: ignore[arg-type]  # the others are parts


def words_of(blocks: Sequence[Block], positions: set[int]) -> int:
    """Words of the blocks at these positions."""
    return sum(word_count(blocks[i].text) for i in positions)


def asked_for(blocks: Sequence[Block], parts: Sequence[str | None], likely: set[int], options: Options) -> set[int]:
    """Positions of the blocks of parts that the caller wants kept, as far as they belong to this article."""
    if not options.keep or not likely:
        return set()
    first, last = min(likely), max(likely)
    return {
        i
        for i, (block, part) in enumerate(zip(blocks, parts, strict=True))
        if part in options.keep
        and i <= last
        and (i >= first or part == "standfirst" or block.context.in_core)
        and not is_link(block)
        and not block.context.hidden
    }


def verdicts(blocks: Sequence[Block], kept: set[int], placed: dict[int, tuple[str, str]]) -> Iterator[Verdict]:
    """A verdict for each block."""
    inside = [i for i in kept if blocks[i].seed and is_prose(blocks[i].text)]
    first, last = min(inside, default=0), max(inside, default=len(blocks))
    stays = {blocks[i].text.casefold() for i in kept}
    for i, block in enumerate(blocks):
        place = "above the body" if i < first else "below the body" if i > last else "between the body's paragraphs"
        if i in kept:
            yield Verdict(block.index, True, RULE, f"{why(block, place)}: like article text on labelled pages")
            continue
        again = ("stands elsewhere as well",) if block.text.casefold() in stays else ()
        rule, reason = placed.get(i, (RULE, "like what is not article on labelled pages"))
        yield Verdict(block.index, False, rule, f"{why(block, place, *again)}: {reason}")


def why(block: Block, *said: str) -> str:
    """Where a block stands, and what is conspicuous about it."""
    context = block.context
    words = f"{context.classes} {context.around}".split()
    told = (
        *said,
        *([f"{context.link_share:.0%} links"] if context.link_share >= SHOWN_LINK_SHARE else ()),
        *(["hidden in the page"] if context.hidden else ()),
        *([KINDS[block.kind]] if block.kind in KINDS else ()),
        *([f"in “{' '.join(words[:3])}”"] if words else ()),
    )
    return ", ".join(told)


def changes_of(draft: Draft, judged: Sequence[Verdict]) -> Iterator[Change]:
    """The changes that follow from the verdicts: seeds that go, and others that come back."""
    blocks = {b.index: b for b in draft.blocks}
    for verdict in judged:
        block = blocks[verdict.block]
        if block.seed != verdict.stays:
            before, after = (block.text, None) if block.seed else (None, block.text)
            yield Change(verdict.rule, block.index, before, after, verdict.reason)
