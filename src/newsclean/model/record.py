"""The JSON record of an article; docs/record.md names every key."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from newsclean.model.block import Block
from newsclean.model.person import Dateline, Person

if TYPE_CHECKING:
    from newsclean.model.article import Article

SCHEMA = 1  # of the record; docs/record.md says when it rises


def record_of(article: Article) -> dict[str, Any]:
    """All that there is to know of an article, as plain values."""
    m = article.metadata
    reasons = {v.block: v.reason for v in article.verdicts}
    changed = {c.block for c in article.changes}
    return {
        "schema": SCHEMA,
        "url": article.url,
        "canonical_url": m.canonical_url,
        "title": m.title,
        "authors": list(article.author_names),
        "byline": [p.to_dict() for p in m.authors],
        "credits": [p.to_dict() for p in m.credits],
        "agencies": list(m.agencies),
        "date_published": m.date_published,
        "date_modified": m.date_modified,
        "dateline": m.dateline.to_dict() if m.dateline else None,
        "language": m.language,
        "site": m.site,
        "section": m.section,
        "tags": list(m.tags),
        "description": m.description,
        "image_url": m.image_url,
        "free_access": m.free_access,
        "article_type": m.article_type,
        "text": article.text,
        "blocks": [told(b, reasons.get(b.index)) for b in article.blocks],
        "left_out": [told(b, reasons.get(b.index)) for b in article.removed if b.index not in changed],
        "changes": [asdict(c) for c in article.changes],
        "field_changes": [
            {
                "rule": c.rule,
                "field": c.field,
                "before": plain(c.before),
                "after": plain(c.after),
                "reason": c.reason,
            }
            for c in article.field_changes
        ],
        "sources": dict(m.sources),
        "warnings": list(article.warnings),
    }


def told(block: Block, reason: str | None) -> dict[str, Any]:
    """A block as JSON: where in a table it stands, if it does; if it came from a page, why it is where it is."""
    said: dict[str, Any] = {"index": block.index, "kind": block.kind, "text": block.text}
    if block.context.cell:
        said["cell"] = asdict(block.context.cell)
    if reason:
        said["reason"] = reason
    return said


def plain(value: Any) -> Any:
    """A field's value as JSON can hold it."""
    if isinstance(value, Person | Dateline):
        return value.to_dict()
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value
