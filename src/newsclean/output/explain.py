"""Tell what became of every line of a page, and why."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.model import Article, Change, Person

REWRITE_CONTEXT = 40  # characters shown on either side of what changed inside a block


def explain(article: Article) -> str:
    """The article's blocks in document order, kept ones and removed ones, each removed or changed one with its reason.

    One line a block: a mark (`+` kept or put back, `-` removed, `~` kept but changed), index, kind, text; then one line
    a reason.
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
    """A line for each block, and one for each reason."""
    why: dict[int, list[Change]] = {}
    for change in article.changes:
        why.setdefault(change.block, []).append(change)
    verdicts = {v.block: v for v in article.verdicts}
    kept = {b.index for b in article.blocks}
    for block in sorted((*article.blocks, *article.removed), key=lambda b: b.index):
        changed = any(c.before is not None and c.after is not None for c in why.get(block.index, ()))
        mark = "-" if block.index not in kept else "~" if changed else "+"
        yield f"{mark} {block.index:3} {block.kind:9} {block.text}"
        for change in why.get(block.index, ()):
            yield f"      {reason_of(change)}"
        if block.index in verdicts and block.index not in why:
            yield f"      [{verdicts[block.index].rule}] {verdicts[block.index].reason}"


def reason_of(change: Change) -> str:
    """What was done and why; for a rewritten block, with the place that changed."""
    said = f"[{change.rule}] {change.reason}"
    if change.before is None or change.after is None:
        return said
    start = next((i for i, (a, b) in enumerate(zip(change.before, change.after, strict=False)) if a != b), 0)
    start = start or min(len(change.before), len(change.after))
    cut = change.before[max(start - REWRITE_CONTEXT, 0) : start + 2 * REWRITE_CONTEXT]
    return f"{said}; was: …{cut}…"


def warnings(article: Article) -> Iterator[str]:
    """A line for each warning."""
    for warning in article.warnings:
        yield f"! {warning}"


def shown(people: tuple[Person, ...]) -> str:
    """People with their roles, on one line."""
    return ", ".join(f"{p.name} ({p.role}{f', {p.location}' if p.location else ''})" for p in people)
