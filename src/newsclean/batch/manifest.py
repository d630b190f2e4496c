"""`manifest.jsonl`: a line for every input that a batch has come to, exported from the ledger.

It holds no times and is sorted, so two runs of the same list write the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsclean.batch.item import Item
from newsclean.output.render import to_json_line
from newsclean.output.store import write_all_atomic

MANIFEST = "manifest.jsonl"


def export(items: Iterable[Item], path: Path) -> None:
    """Write the manifest, whole or not at all. Raises OutputError."""
    write_all_atomic(path, (line_of(item) + b"\n" for item in items))


def line_of(item: Item) -> bytes:
    """The line of an input, its keys sorted: those that docs/record.md names."""
    return to_json_line(
        {
            "file": item.file,
            "final_url": item.final_url,
            "index": item.index,
            "key": item.key,
            "message": item.message,
            "options": item.options,
            "reason": item.reason,
            "record": item.record,
            "source": item.source,
            "status": "failed" if item.state == "deferred" else item.state,
            "title": item.title,
            "warnings": item.warnings,
            "words": item.words,
        }
    )
