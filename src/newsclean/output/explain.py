"""Tell what became of every line of a page, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from math import inf

from newsclean.model import Article, Block, Change, Person

REWRITE_CONTEXT = 40  # characters shown on either side of what changed inside a block
LONG_RUN = 8  # lines of a menu in a row; of more only the NEAREST are shown
NEAREST = 4
MENU_LINKED = 0.8  # share of a menu's line that is a link, unless it is a label
LABEL_WORDS = 3
LABEL_BYTES = 60  # Chinese writes no spaces between words; a character has three bytes


def explain(article: Article) -> str:
    """The article's blocks in document order, kept ones and removed ones, each removed or changed one with its reason.

    One line a block: a mark (`+` kept or put back, `-` removed, `~` kept but changed), index, kind, text; then one line
    a reason. Of a long menu above or below the article only what is nearest to it is shown.
    """
    return "\n".join((*fields(article), "", *blocks(article), *warnings(article))) + "\n"


def fields(article: Article) -> Iterator[str]:
    """The metadata, each field with its source, and what cleaning did to it."""
    sources = dict(article.metadata.sources)
    for name, value in (
        ("title", article.title),
        ("authors", ", ".join(article.author_names) or None),
        ("credits", shown(article.metadata.credits) or None),
        ("date_published", article.date_published),
        ("dateline", article.metadata.dateline and article.metadata.dateline.printed.strip()),
        ("language", article.metadata.language),
    ):
        if value:
            by = [f"[{c.rule}: {c.reason}]" for c in article.field_changes if c.field == name]
            yield " ".join((f"{name}: {value}", *(by or ([f"[{sources[name]}]"] if name in sources else []))))


def blocks(article: Article) -> Iterator[str]:
    """A line for each block, and one for each reason; a long menu is cut short."""
    why: dict[int, list[Change]] = {}
    for change in article.changes:
        why.setdefault(change.block, []).append(change)
    verdicts = {v.block: v for v in article.verdicts}
    kept = {b.index for b in article.blocks}
    for block in shortened(sorted((*article.blocks, *article.removed), key=lambda b: b.index), kept, why):
        if isinstance(block, int):
            yield f"  … {block} more lines: links, and labels of up to {LABEL_WORDS} words"
            continue
        changed = any(c.before is not None and c.after is not None for c in why.get(block.index, ()))
        mark = "-" if block.index not in kept else "~" if changed else "+"
        yield f"{mark} {block.index:3} {block.kind:9} {block.text}"
        for change in why.get(block.index, ()):
            yield f"      {reason_of(change)}"
        if block.index in verdicts and block.index not in why:
            yield f"      [{verdicts[block.index].rule}] {verdicts[block.index].reason}"


def shortened(blocks: Iterable[Block], kept: Collection[int], why: Collection[int]) -> Iterator[Block | int]:
    """The blocks; of a long menu above or below all that is kept those nearest to it, and how many the others are.

    What a change tells of (`why`) is always among them.
    """
    first, last = min(kept, default=-1), max(kept, default=inf)

    def menu_at(block: Block) -> str:
        is_menu = block.context.link_share >= MENU_LINKED or is_label(block.text)
        if not is_menu or block.context.cell or block.index in why or first <= block.index <= last:
            return ""
        return "above" if block.index < first else "below"

    for place, group in groupby(blocks, menu_at):
        found = [*group]
        links = sum(block.context.link_share >= MENU_LINKED for block in found)
        run: list[Block | int] = [*found]
        if place and len(run) > LONG_RUN and links >= len(run) / 2:  # else labels may be a list of their own
            more = len(run) - NEAREST
            run = [more, *run[more:]] if place == "above" else [*run[:NEAREST], more]
        yield from run


def is_label(text: str) -> bool:
    """Whether a line is too short for a sentence."""
    return len(text.split()) <= LABEL_WORDS and len(text.encode("utf-8", "replace")) <= LABEL_BYTES


def reason_of(change: Change) -> str:
    """What was done and why; for a rewritten block, with the place that changed."""
    said = f"[{change.rule}] {change.reason}"
    if change.before is None or change.after is None:
        return said
    pairs = zip(change.before, change.after, strict=False)
    start = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(change.before), len(change.after)))
    cut = change.before[max(start - REWRITE_CONTEXT, 0) : start + 2 * REWRITE_CONTEXT]
    return f"{said}; was: …{cut}…"


def warnings(article: Article) -> Iterator[str]:
    """A line for each warning."""
    for warning in article.warnings:
        yield f"! {warning}"


def shown(people: tuple[Person, ...]) -> str:
    """People with their roles, on one line."""
    return ", ".join(f"{p.name} ({p.role}{f', {p.location}' if p.location else ''})" for p in people)
