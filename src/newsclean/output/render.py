"""Turn an Article into the text of a file: plain text, Markdown or JSON.

A new format is a function here and its line in `FORMATS`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from newsclean.errors import UsageError
from newsclean.model import Article, Block, line_of, row_or_index, rows_of

MARKS = {"heading": "## ", "item": "- ", "quote": "> "}
"""What Markdown puts before a block of this kind; other kinds stand as they are."""

INLINE_MARKUP = re.compile(r"[\\`*_~\[\]<]|&(?=#?\w{1,31};)")
# C1 controls, ends of lines and marks that turn the direction of text; json escapes the other controls itself
OBEYED = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
OWN_NUMBER = re.compile(r"([0-9]{1,3})[.)]\s")
LINE_MARKUP = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+>]|#{1,6}(?:\s|$)))")


def to_txt(article: Article) -> str:
    """Title, byline and body, a blank line between; a paragraph or a table's row a line, one final newline."""
    return page_of((article.title or "", byline(article.author_names), *map(line_of, rows_of(article.blocks))))


def to_md(article: Article) -> str:
    """The same as Markdown; characters of the text that would be markup are escaped.

    Items that follow each other are one list, without blank lines, and a table's rows are a table. Items of a numbered
    list have numbers from 1, also where one was dropped; what stands between two of them does not begin it anew.
    """
    by = byline(article.author_names)
    return page_of(
        (
            f"# {escape(article.title)}" if article.title else "",
            f"*{escape(by)}*" if by else "",
            *md_parts(article.blocks),
        )
    )


def to_json(article: Article) -> str:
    """The record of `Article.to_dict`, its keys in that order."""
    return inert_json(article.to_dict(), indent=1) + "\n"


FORMATS: dict[str, Callable[[Article], str]] = {"txt": to_txt, "md": to_md, "json": to_json}
"""Name of a format, which is also the suffix of its files -> what renders an article in it."""


def render(article: Article, format: str = "txt") -> str:  # noqa: A002 - the word of the command line
    """The article in a format: "txt" as the batch writes it (title, byline, body), "md" or "json".

    Raises:
        UsageError: there is no such format.
    """
    if format not in FORMATS:
        raise UsageError(f"format must be one of {[*FORMATS]}")
    return FORMATS[format](article)


def to_json_line(record: dict[str, Any]) -> bytes:
    r"""One JSON object on one line, for a .jsonl file; without the newline.

    >>> to_json_line({"title": "Zürich"}).decode()
    '{"title": "Zürich"}'
    >>> to_json_line({"file": "caf\udce9.html"})
    b'{"file": "caf\\udce9.html"}'
    """
    # A file name that isn't UTF-8 has lone surrogates; "backslashreplace" writes them as JSON's own escapes.
    return inert_json(record).encode("utf-8", "backslashreplace")


def inert_json(value: dict[str, Any], indent: int | None = None) -> str:
    r"""JSON in which a terminal finds nothing to obey; who parses it gets the same strings.

    >>> inert_json({"title": "\x9b2J \u202eWeir"})
    '{"title": "\\u009b2J \\u202eWeir"}'
    """
    return OBEYED.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def byline(names: tuple[str, ...]) -> str:
    """The line that names the authors; empty if nobody is named.

    >>> byline(("Ada Brook", "Tom Hale", "Ito Ken"))
    'By Ada Brook, Tom Hale and Ito Ken'
    """
    if not names:
        return ""
    *others, last = names
    return f"By {', '.join(others)} and {last}" if others else f"By {last}"


def page_of(parts: tuple[str, ...]) -> str:
    """The parts that are not empty, a blank line between, in NFC, no space at a line's end, one final newline."""
    lines = ("\n".join(map(str.rstrip, part.split("\n"))) for part in parts)
    return unicodedata.normalize("NFC", "\n\n".join(filter(None, lines))) + "\n"


def md_parts(blocks: Iterable[Block]) -> Iterator[str]:
    """Each table, each list, and each block that stands in none, as Markdown."""
    numbers: Counter[int] = Counter()
    for (what, number), run in groupby(blocks, key=part_of):
        part = tuple(run)
        if what == "table" and (table := md_table(part)):
            yield table
        elif what == "numbered":
            yield "\n".join([numbered(item.text, at) for at, item in enumerate(part, numbers[number] + 1)])
            numbers[number] += len(part)
        elif what == "list":
            yield "\n".join([md_row((item,)) for item in part])
        else:
            yield from map(md_row, rows_of(part))


def part_of(block: Block) -> tuple[str, int]:
    """The same for the blocks of a table or numbered list, and for other items that follow each other; else its own."""
    if block.context.cell:
        return "table", block.context.cell.table
    if block.kind != "item":
        return "block", block.index
    lists = (tag for tag in block.context.inside.split() if tag in {"ol", "ul"})
    return ("numbered", block.context.parent) if next(lists, "") == "ol" else ("list", 0)


def numbered(text: str, number: int) -> str:
    r"""An item of a numbered list as Markdown; one that begins with its number has no second one.

    >>> numbered("Sift the *flour*", 2), numbered("3) Knead", 3), numbered("3. May: the fair", 1)
    ('2. Sift the \\*flour\\*', '3. Knead', '1. 3\\. May: the fair')
    """
    own = OWN_NUMBER.match(text)
    return f"{number}. {escape(text[own.end() :] if own and int(own[1]) == number else text)}"


def md_row(row: tuple[Block, ...]) -> str:
    """A block with the mark of its kind, or the blocks of a table's row on one line."""
    return ("" if len(row) > 1 else MARKS.get(row[0].kind, "")) + escape(line_of(row))


def md_table(blocks: Iterable[Block]) -> str:
    """A table, whose first row is its header, as Markdown must have one; empty if only one row or column has text."""
    rows = [cells_of(row) for _, row in groupby(blocks, key=row_or_index)]
    columns = sorted({column for row in rows for column in row})
    if len(rows) < 2 or len(columns) < 2:
        return ""
    header, *others = [f"| {' | '.join([row.get(column, '') for column in columns])} |" for row in rows]
    return "\n".join([header, "|" + " --- |" * len(columns), *others])


def cells_of(row: Iterable[Block]) -> dict[int, str]:
    """The cells of a row as Markdown, by their columns."""
    cells = groupby(row, key=lambda block: block.context.cell)
    return {cell.column: "<br>".join([cell_text(block.text) for block in blocks]) for cell, blocks in cells if cell}


def cell_text(text: str) -> str:
    r"""The text such that Markdown shows it as it is in a cell.

    >>> cell_text("1. *a* | b")
    '1. \\*a\\* \\| b'
    """
    return INLINE_MARKUP.sub(r"\\\g<0>", text).replace("|", r"\|")


def escape(text: str) -> str:
    r"""The text such that Markdown shows it as it is.

    >>> escape("1. Profits rose *again*")
    '1\\. Profits rose \\*again\\*'
    >>> escape("#MeToo, 2 - 1 = 1, AT&T: all well")
    '#MeToo, 2 - 1 = 1, AT&T: all well'
    """
    return LINE_MARKUP.sub(r"\1\\", INLINE_MARKUP.sub(r"\\\g<0>", text))
