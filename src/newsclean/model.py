"""The nouns: frozen values that pass between the stages, with no behaviour beyond small views.

fetch ─▶ Page ─extract─▶ Draft ─clean─▶ Article ─render, store─▶ Outcome
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, Literal

MOST_BARS = 20  # between two cells of a row, in text

Kind = Literal["heading", "paragraph", "item", "quote", "caption", "cell"]
PersonKind = Literal["person", "agency", "organization"]
Role = Literal["author", "reporter", "editor", "photographer", "translator", "contributor"]
SCHEMA = 1  # of the JSON record; docs/record.md says when it rises
Status = Literal["done", "skipped", "duplicate", "failed"]


Headers = tuple[tuple[str, str], ...]
"""HTTP headers as sent, in order: (name, value) pairs, each character one byte (Latin-1)."""


@dataclass(frozen=True, slots=True)
class Hop:
    """An answer that led to another URL.

    Attributes:
        url: what was asked for.
        status: HTTP status.
        headers: as sent.
        ip: the address that answered; empty if it is not known.
    """

    url: str
    status: int
    headers: Headers = ()
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came from the network or from a file.

    Attributes:
        url: as asked for.
        final_url: after redirects.
        html: the decompressed bytes.
        content_type: the header as sent, with its charset; None for files.
        status: HTTP status; 200 for files.
        fetched_at: ISO 8601, UTC.
        redirects: each URL on the way from `url` to `final_url`, both left out.
        headers: of the answer, as sent; none for files.
        raw: the body as sent, still compressed, if the policy says `keep_raw`; what an archive needs.
        ip: the address that it came from; empty if it is not known.
        hops: the answers that redirected, from that of `url` on.
    """

    url: str
    final_url: str
    html: bytes
    content_type: str | None = None
    status: int = 200
    fetched_at: str = ""
    redirects: tuple[str, ...] = ()
    headers: Headers = ()
    raw: bytes = b""
    ip: str = ""
    hops: tuple[Hop, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of this name, in any case; None if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table of its page a block stands.

    Attributes:
        table: a number for the table.
        row, column: of the table, from 0, columns without text left aside. What stands in one cell has them in common.
    """

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Context:
    """Where a block stood in its page; empty for text that came without one.

    The core is the deepest element of the page that holds nearly all of the body.

    Attributes:
        tag: the element's name.
        classes: class, id, role and itemprop words of the element, lower case.
        around: the same of the elements around it, below the core.
        inside: the names of the element and those around it, below the core, innermost first.
        link_share: share of the block's characters inside links, 0 to 1.
        link_first: whether its text begins with a link.
        href: where that leads, as the page has it; empty if it leads nowhere.
        strong_share, emphasis_share: shares of its characters in bold and in italics, 0 to 1.
        hidden: whether the page hides the element.
        depth: how many elements it stands below the core.
        in_core: whether the core is around it at all.
        parent: a number for the element around it.
        path: the same number for elements of the same kind in the same place of the page.
        article: a number for the outermost `article` element around the block; 0 if there is none.
        seed_share: share of its text that the body extractor took, 0 to 1.
        cell: where it stood in a table of data; None in a table that is there for the layout, or in none.
        apart: as `around`, of a block that the core is not around: of those elements only that don't hold the core.
    """

    tag: str = ""
    classes: str = ""
    around: str = ""
    inside: str = ""
    link_share: float = 0.0
    link_first: bool = False
    href: str = ""
    strong_share: float = 0.0
    emphasis_share: float = 0.0
    hidden: bool = False
    depth: int = 0
    in_core: bool = True
    parent: int = 0
    path: int = 0
    article: int = 0
    seed_share: float = 1.0
    cell: Cell | None = None
    apart: str = ""

    @property
    def place(self) -> str:
        """Class words of the elements around the block that don't hold the whole body."""
        return self.around if self.in_core else self.apart


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, … of a page, on one line.

    Attributes:
        index: its position in the draft, and its name for ever.
        kind: what it is.
        text: without line breaks.
        seed: whether the body extractor took it as article.
        context: where it stood.
    """

    index: int
    kind: Kind
    text: str
    seed: bool = True
    context: Context = Context()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an agency or desk, named in a byline or a credit line.

    Attributes:
        name: for display, with the case repaired; an agency's usual name ("AP").
        printed: as it stood there ("THE ASSOCIATED PRESS").
        kind: person, agency or organization.
        role: what they did.
        job: as printed ("Senior Health Correspondent").
        agency: the agency or outlet they work for.
        location: where they wrote from.
    """

    name: str
    printed: str = ""
    kind: PersonKind = "person"
    role: Role = "author"
    job: str | None = None
    agency: str | None = None
    location: str | None = None
    email: str | None = None
    handle: str | None = None

    def to_dict(self) -> dict[str, str]:
        """The fields that say something: a person with nothing but a name is {"name": …, "role": …}."""
        said = {k: v for k, v in asdict(self).items() if v}
        if self.kind == "person":
            del said["kind"]
        if self.printed == self.name:
            said.pop("printed", None)
        return said


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency story: `SEOUL, May 3 (Reuters) - `.

    Attributes:
        location: as printed.
        date: as printed; it has no year.
        agency: the agency's usual name.
        printed: the whole opening, up to the first word of the story.
    """

    location: str
    date: str | None = None
    agency: str | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article.

    Attributes:
        title: without the site's name.
        authors: people, agencies and desks of the byline, in order.
        credits: people named in credit lines, with their roles.
        date_published: ISO 8601 as printed, offset kept: "2018-09-16" or "2018-09-16T09:30:00+02:00".
        date_modified: likewise.
        dateline: the opening of an agency story.
        agencies: usual names, in order of appearance.
        language: BCP 47, as the page names it ("de", "pt-BR").
        canonical_url: as the page names it, absolute.
        site: the publication's name.
        section, tags, description, image_url: as the page names them.
        free_access: whether the page says that everybody may read the whole article; None if it says nothing.
        article_type: the schema.org type of the article, as the page names it ("NewsArticle"), else "article".
        sources: (field, where its value was found) pairs.
    """

    title: str | None = None
    authors: tuple[Person, ...] = ()
    credits: tuple[Person, ...] = ()
    date_published: str | None = None
    date_modified: str | None = None
    dateline: Dateline | None = None
    agencies: tuple[str, ...] = ()
    language: str | None = None
    canonical_url: str | None = None
    site: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    description: str | None = None
    image_url: str | None = None
    free_access: bool | None = None
    article_type: str | None = None
    sources: tuple[tuple[str, str], ...] = ()


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
        m = self.metadata
        reasons = {v.block: v.reason for v in self.verdicts}
        changed = {c.block for c in self.changes}
        return {
            "schema": SCHEMA,
            "url": self.url,
            "canonical_url": m.canonical_url,
            "title": m.title,
            "authors": list(self.author_names),
            "byline": [p.to_dict() for p in m.authors],
            "credits": [p.to_dict() for p in m.credits],
            "agencies": list(m.agencies),
            "date_published": m.date_published,
            "date_modified": m.date_modified,
            "dateline": {k: v for k, v in asdict(m.dateline).items() if v} if m.dateline else None,
            "language": m.language,
            "site": m.site,
            "section": m.section,
            "tags": list(m.tags),
            "description": m.description,
            "image_url": m.image_url,
            "free_access": m.free_access,
            "article_type": m.article_type,
            "text": self.text,
            "blocks": [told(b, reasons.get(b.index)) for b in self.blocks],
            "left_out": [told(b, reasons.get(b.index)) for b in self.removed if b.index not in changed],
            "changes": [asdict(c) for c in self.changes],
            "field_changes": [
                {
                    "rule": c.rule,
                    "field": c.field,
                    "before": plain(c.before),
                    "after": plain(c.after),
                    "reason": c.reason,
                }
                for c in self.field_changes
            ],
            "sources": dict(m.sources),
            "warnings": list(self.warnings),
        }


def rows_of(blocks: Iterable[Block]) -> Iterator[tuple[Block, ...]]:
    """The blocks of each table's row together, if it has text in several columns; every other block by itself."""
    for _, run in groupby(blocks, key=row_or_index):
        row = tuple(run)
        if len({b.context.cell.column for b in row if b.context.cell}) > 1:
            yield row
        else:
            yield from ((block,) for block in row)


def row_or_index(block: Block) -> tuple[int, int]:
    """The same for the blocks of a table's row, another for every other block."""
    cell = block.context.cell
    return (cell.table, cell.row) if cell else (-1, block.index)


def line_of(row: tuple[Block, ...]) -> str:
    """A row as a line: a bar before each cell but the first, empty or not; a slash where a cell has several lines."""
    if len(row) == 1:
        return row[0].text
    line, last = "", 0
    for cell, blocks in groupby(row, key=lambda block: block.context.cell):
        column = cell.column if cell else 0
        line += "| " * min(column - last, MOST_BARS) + " / ".join([block.text for block in blocks]) + " "
        last = column
    return line.rstrip()


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
    if isinstance(value, Person):
        return value.to_dict()
    if isinstance(value, Dateline):
        return asdict(value)
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch reports for one input: a file, or a reason why there is none.

    Attributes:
        index: position in the input, from 0.
        source: the input as it was given.
        status: done, skipped (was done before), duplicate or failed.
        path: the text file, relative to the output folder; None if it failed.
        reason: a key of errors.REASONS if it failed or is a duplicate; if it was skipped, why it could not be done
            again and keeps its text, None if there was no need to.
        message: the reason in words, with what was seen.
        final_url: after redirects, if it was fetched.
        title: of the article, if there is one.
        words: in the text.
        warnings: those of the article.
        took_s: seconds that fetching it took, with its pauses and repeats; 0 if nothing was fetched.
        earlier: an earlier run came to this, and this one did not try it; `retry_failed` tries what failed again.
    """

    index: int
    source: str
    status: Status
    path: str | None = None
    reason: str | None = None
    message: str | None = None
    final_url: str | None = None
    title: str | None = None
    words: int = 0
    warnings: tuple[str, ...] = field(default=())
    took_s: float = 0.0
    earlier: bool = False
