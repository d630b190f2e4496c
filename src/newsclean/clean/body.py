"""Which blocks of a page are the article, and why: the body model's chances, and the caller's choice of parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsclean.clean.article_parts import parts_of, words_of
from newsclean.clean.body_features import NAMES, body_features
from newsclean.clean.options import Options
from newsclean.clean.restoring import continued, headings_above, list_headings, paragraphs_alike
from newsclean.clean.row_heads import row_heads
from newsclean.clean.selection import MIN_KEPT, is_link, select
from newsclean.clean.shape import is_prose
from newsclean.clean.trees import load
from newsclean.model import Block, Change, Draft, Verdict
from newsclean.urls import web_url

RULE = "body-model"
# The logarithm of the odds, 12 to 1 for or against, from which a block's chance is worked out no further. Of 33,143
# blocks of sites that the model had not seen, the trees left then moved none over the bar; they are half of all.
SURE = 2.5
SHOWN_LINK_SHARE = 0.3
SHOWN_WORDS = 3
KINDS = {"item": "a list item", "cell": "a table cell", "caption": "a caption", "heading": "a heading"}
# Those that a page tells from its text; the cleaners decide about the other parts, of texts without a page as well.
RULES = {
    "above-headline": ("above-headline", "above the headline, and elsewhere than the text below it"),
    "bios": ("author-bio", "tells of the author"),
    "asides": ("aside", "what stands there is no part of the article"),
    "comments": ("comments", "a reader's comment"),
    "contents": ("contents", "a link to a place in this page, in its table of contents"),
    "fact-boxes": ("fact-box", "a fact box"),
    "hidden": ("hidden", "hidden in the page, and too little to be the rest of the article"),
    "list-headings": ("list-heading", "the links that it announces are no part of the article"),
    "posts": ("later-post", "in another post than the article"),
    "pull-quotes": ("pull-quote", "a part of a paragraph near it, printed again"),
    "standfirst": ("standfirst", "the standfirst, which is to be dropped"),
    "tables": ("table", "a table, which is to be dropped"),
    "teasers": ("teaser", "one of several texts that stand behind a link each, like teasers of other stories"),
    "tweets": ("tweet", "somebody's post elsewhere"),
}

NEVER_BODY = {"above-headline", "asides", "bios", "comments", "contents", "hidden", "pull-quotes", "teasers"}


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
    chances = chances_of(draft) if chances is None else without_links(blocks, chances)
    chosen = select(blocks, chances)
    below = continued(blocks, chosen)
    likely = chosen | below
    parts = parts_of(draft, likely, entries="posts" in options.drop)
    going = {i for i, part in enumerate(parts) if part in RULES and goes(part, options)}
    sure = {i for i in going if parts[i] in {"comments", "posts"}}  # there, what stays has been looked at
    if words_of(blocks, likely - going) < MIN_KEPT * words_of(blocks, likely - sure):
        going = sure  # a class word means something else here: nothing is cut to nothing
    wanted = asked_for(blocks, parts, likely, options)
    kept = likely - going | wanted
    alike = {i for i in paragraphs_alike(blocks, kept) - going if parts[i] is None}
    kept |= alike
    headings = headings_above(blocks, kept, web_url(draft.url, draft.metadata.canonical_url)) - going
    kept |= headings
    heads = row_heads(blocks, kept) - going
    kept |= heads
    emptied = list_headings(blocks, kept) - wanted
    kept -= emptied
    reasons = (
        dict.fromkeys(below, (RULE, "goes on right below it, in a place that nothing names"))
        | dict.fromkeys(alike, (RULE, "most of what stands as it does is article"))
        | dict.fromkeys(headings, (RULE, "a heading right above the article's text"))
        | dict.fromkeys(heads, (RULE, "such a line stands above one paragraph of the article after the other"))
        | {i: RULES[parts[i] or ""] for i in going - wanted}
        | dict.fromkeys(emptied, RULES["list-headings"])
        | {i: (RULE, f"of the part “{parts[i]}”, which is to stay") for i in wanted - likely}
    )
    return tuple(verdicts(blocks, kept, reasons))


def chances_of(draft: Draft) -> list[float]:
    """The model's chance for each block of a page to be body; a link's counts for nothing, and is not worked out."""
    at = [i for i, block in enumerate(draft.blocks) if not is_link(block)]
    chances = [0.0] * len(draft.blocks)
    probability = load("body_model", NAMES, sure=SURE)
    for i, row in zip(at, body_features(draft, at), strict=True):
        chances[i] = probability(row)
    return chances


def without_links(blocks: Sequence[Block], chances: Sequence[float]) -> list[float]:
    """The chances, but none for what is a link."""
    return [0.0 if is_link(block) else chance for block, chance in zip(blocks, chances, strict=True)]


def goes(part: str | None, options: Options) -> bool:
    """Whether what stands in such a place goes."""
    return part in NEVER_BODY or options.drops(part)  # type: ignore[arg-type]  # the others are parts


def asked_for(blocks: Sequence[Block], parts: Sequence[str | None], likely: set[int], options: Options) -> set[int]:
    """Positions of the blocks of parts that the caller wants kept, as far as they belong to this article."""
    if not options.keep or not likely:
        return set()
    first, last = min(likely), max(likely)
    return {
        i
        for i, (block, part) in enumerate(zip(blocks, parts, strict=True))
        if part in options.keep
        and (i <= last or (block.context.cell and block.context.in_core))
        and (i >= first or part == "standfirst" or block.context.in_core)
        and not is_link(block)
        and not block.context.hidden
    }


def verdicts(blocks: Sequence[Block], kept: set[int], reasons: dict[int, tuple[str, str]]) -> Iterator[Verdict]:
    """A verdict for each block; `reasons` has rule and reason of those that the model did not decide."""
    paragraphs = [i for i in kept if is_prose(blocks[i].text)] or kept or (0, len(blocks))
    first, last = min(paragraphs), max(paragraphs)
    copies = copies_of_kept(blocks, kept)
    for i, block in enumerate(blocks):
        place = "above the body" if i < first else "below the body" if i > last else "between the body's paragraphs"
        if i in kept:
            rule, reason = reasons.get(i, (RULE, "like article text on labelled pages"))
            yield Verdict(block.index, True, rule, f"{place}{what(block)}: {reason}")
            continue
        again = ", stands elsewhere as well" if i in copies else ""
        rule, reason = reasons.get(i, (RULE, "like what is not article on labelled pages"))
        yield Verdict(block.index, False, rule, f"{place}{again}{what(block)}: {reason}")


def copies_of_kept(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Positions of the blocks that are not kept and say what a kept one says."""
    said = {blocks[i].text.casefold() for i in kept}
    return {i for i, block in enumerate(blocks) if i not in kept and block.text.casefold() in said}


def what(block: Block) -> str:
    """What is conspicuous about a block, each with a comma before it."""
    context = block.context
    told = f", {context.link_share:.0%} links" if context.link_share >= SHOWN_LINK_SHARE else ""
    if context.hidden:
        told += ", hidden in the page"
    if context.cell:
        told += ", in a table, which stays or goes as a whole"
    elif block.kind in KINDS:
        told += f", {KINDS[block.kind]}"
    return told + among(context.classes, context.around)


@lru_cache(maxsize=1024)  # neighbours stand among the same words
def among(classes: str, around: str) -> str:
    """The first class words that a block stands among, with a comma before them; empty if there are none."""
    words = f"{classes} {around}".split(None, SHOWN_WORDS)[:SHOWN_WORDS]
    return f", in “{' '.join(words)}”" if words else ""


def changes_of(draft: Draft, judged: Sequence[Verdict]) -> Iterator[Change]:
    """The changes that follow from the verdicts: seeds that go, and others that come back."""
    blocks = {b.index: b for b in draft.blocks}
    for verdict in judged:
        block = blocks[verdict.block]
        if block.seed != verdict.stays:
            before, after = (block.text, None) if block.seed else (None, block.text)
            yield Change(verdict.rule, block.index, before, after, verdict.reason)
