"""A page's article, before any decision and after all of them, with each decision on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsclean.model.block import Block
from newsclean.model.metadata import Metadata
from newsclean.model.record import record_of
from newsclean.model.rows import line_of, rows_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A page after extraction and before any decision.

    Attributes:
        url: where it came from, if known.
        metadata: as the page has it.
        blocks: in document order; those with `seed` are the article as far as extraction knows.
        notes: what extraction did other than planned; empty for most pages.
    """

    url: str | None
    metadata: Metadata
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that cleaning did to a block, and why.

    Attributes:
        rule: the id of the rule: "share-buttons".
        block: the index of the block.
        before: its text before; None if the block was not part of the article and is restored.
        after: its text after; None if the block is dropped.
        reason: for a person to read.
    """

    rule: str
    block: int
    before: str | None
    after: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that cleaning did to a field of the metadata: a byline line became an author.

    Attributes:
        rule: the id of the rule.
        field: the name of a field of Metadata.
        before: its value before.
        after: its value after.
        reason: for a person to read.
    """

    rule: str
    field: str
    before: Any
    after: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a block of a page is its article, and why.

    Attributes:
        block: the index of the block.
        stays: whether it is.
        rule: the id of the rule.
        reason: for a person to read.
    """

    block: int
    stays: bool
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article, with everything that was done to it.

    Attributes:
        url: where it came from, if known.
        metadata: the page's, with what the text itself told.
        blocks: what remains, in document order.
        removed: what was dropped, as it last stood, in document order.
        changes: what was done to the blocks, in the order it was done.
        field_changes: what was done to the metadata, in the order it was done.
        notes: those of the draft.
        withheld: what cleaners would have dropped and were not allowed to, because it was too much.
        verdicts: of a page: for each block near the body, in document order, why it is or is not the article.
    """

    url: str | None
    metadata: Metadata
    blocks: tuple[Block, ...]
    removed: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    field_changes: tuple[FieldChange, ...] = ()
    notes: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader of the text should know; empty for most pages."""
        return self.notes + self.withheld

    @property
    def text(self) -> str:
        """The body: a paragraph or a table's row a line, a blank line between; no title, no byline."""
        return "\n\n".join(map(line_of, rows_of(self.blocks)))

    @property
    def title(self) -> str | None:
        """The headline, without the site's name."""
        return self.metadata.title

    @property
    def author_names(self) -> tuple[str, ...]:
        """Display names of those in the byline who wrote or reported, in order; desks and agencies as printed.

        Editors, photographers and translators are not among them, nor is an agency or a desk that one of the people
        works for: "Ann Bell and Reuters" are two, "Ann Bell, Reuters" is one. Where the byline names no person who
        wrote or reported, all of it is here, agencies, desks and editors too: "By Reuters" is by Reuters.
        """
        wrote = [p for p in self.metadata.authors if p.role in {"author", "reporter"}]
        employers = {p.agency for p in wrote}
        if not any(p.kind == "person" for p in wrote):
            wrote, employers = list(self.metadata.authors), set()
        names = (p.name if p.kind == "person" else p.printed or p.name for p in wrote if p.name not in employers)
        return tuple(dict.fromkeys(names))

    @property
    def date_published(self) -> str | None:
        """ISO 8601 as printed, offset kept: "2018-09-16" or "2018-09-16T09:30:00+02:00"."""
        return self.metadata.date_published

    def to_dict(self) -> dict[str, Any]:
        """The JSON record: plain values only; docs/record.md names every key."""
        return record_of(self)
