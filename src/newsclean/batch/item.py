"""An input of a batch and what became of it: a row of the ledger."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal

from newsclean.model import Outcome, Status

State = Literal["pending", "done", "failed", "deferred", "duplicate"]
"""`deferred` failed for now and is tried by the next run; what is `failed` is tried again only if that is asked."""

FOR_NOW = frozenset({"resolver_failed", "connect_error", "connect_timeout", "host_unavailable", "robots_unreachable"})
"""Reasons that lie in the moment: the host, its name or its robots.txt was out of reach, so the page never answered."""


@dataclass(frozen=True, slots=True)
class Item:
    """An input and what became of it.

    Attributes:
        index: position in the list, from 0.
        source: as given.
        key: 16 hex digits that name it; empty for a line that is no URL.
        page: whether it is a saved page, not a URL.
        host: of the URL, with its port; empty for a page.
        state: where it stands.
        run: the number of the run that came to this state; 0 if that is clear from the list alone.
        file: the text file; None if there is none.
        record: the JSON file beside it, or the .jsonl file that its record went to; None if none was asked for.
        reason, message, final_url, title, words: as in Outcome.
        warnings: how many.
        options: 8 hex digits that name how it was cleaned (see `settings.fingerprint`).
        attempts: how often its page was asked for in that run; 0 for what is not from the network.
    """

    index: int
    source: str
    key: str
    page: bool
    host: str
    state: State
    run: int
    file: str | None = None
    record: str | None = None
    reason: str | None = None
    message: str | None = None
    final_url: str | None = None
    title: str | None = None
    words: int = 0
    warnings: int = 0
    options: str = ""
    attempts: int = 0

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Item:
        """The item of a row as SQLite gives it."""
        if bytes in map(type, row):
            row = tuple(v.decode("utf-8", "surrogatepass") if type(v) is bytes else v for v in row)
        return cls(*(*row[:3], bool(row[3]), *row[4:]))

    def outcome(self, status: Status, warnings: tuple[str, ...] = (), took_s: float = 0.0) -> Outcome:
        """What a batch reports of it; the texts of its warnings are in its record only, unless they are given."""
        return Outcome(
            index=self.index,
            source=self.source,
            status=status,
            path=self.file,
            reason=self.reason,
            message=self.message,
            final_url=self.final_url,
            title=self.title,
            words=self.words,
            warnings=warnings,
            took_s=took_s,
        )


NAMES = tuple("idx" if f.name == "index" else f.name for f in fields(Item))  # "index" is a word of SQL
values_of = attrgetter(*(f.name for f in fields(Item)))
"""The values of an item's row."""


def encoded(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a row with bytes for what SQLite does not take as text: a file name that is not UTF-8."""
    return tuple(v.encode("utf-8", "surrogatepass") if type(v) is str and not v.isascii() else v for v in values)
