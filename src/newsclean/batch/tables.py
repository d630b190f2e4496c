"""Tables in text, CSV and the like: which column has the URLs, and the cells of each row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from newsclean.batch.sources import shown

BLANK = "\ufeff \t\n\f\v"  # U+FEFF: the mark that a list in UTF-8 may begin with, and each of several joined ones
DELIMITERS = "\t,;"
COLUMNS = ("url", "link", "source_url")
MOST_LINES = 500  # of one row: some tables have a column of whole articles
MOST_CHARS = 65_536  # of them; csv takes 0.3 ms to find that a quote is not closed within

Line = tuple[int, str]
"""The number of a line, and its text."""


def rows(lines: Iterable[Line], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row, and the number of its first line.

    A row goes on over lines as long as a quoted cell is open. If that is not closed within MOST_LINES and MOST_CHARS,
    or the row has another number of columns then, the quote was a stray one: it costs no more than its line.

    Args:
        lines: those below the first, which names the columns.
        delimiter: between cells.
        width: how many columns the first line names.
    """
    source, ahead = iter(lines), deque[Line]()  # ahead: was read, and belongs to no row yet
    while first := next(source, None) if not ahead else ahead.popleft():
        taken = [first]
        row = whole_row(chain([first[1]], more_of(taken, ahead, source)), delimiter)
        if len(row) != width:
            ahead.extendleft(reversed(taken[1:]))
            row = cells(first[1], delimiter)
        yield first[0], row


def more_of(taken: list[Line], ahead: deque[Line], source: Iterator[Line]) -> Iterator[str]:
    """The lines that follow those that were taken, which they join; no more than one row may have."""
    chars = len(taken[0][1])
    while len(taken) < MOST_LINES and (line := ahead.popleft() if ahead else next(source, None)):
        taken.append(line)
        chars += len(line[1])
        if chars > MOST_CHARS:
            return
        yield line[1]


def whole_row(lines: Iterable[str], delimiter: str) -> list[str]:
    """The cells of a row, of as many lines as it needs; none if a quote in it is not closed, or not at a cell's end."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def column_of(line: str) -> tuple[str, int] | None:
    """The delimiter of a table, and which column has the URLs, by its first line; None if it is none.

    >>> column_of("id;URL;title"), column_of("https://mill.example/?a=1,url,2")
    ((';', 1), None)
    """
    if "://" in line:
        return None
    for delimiter in DELIMITERS:
        names = [name.strip().lower() for name in cells(line.strip(BLANK), delimiter)]
        if found := [names.index(name) for name in COLUMNS if name in names]:
            return delimiter, min(found)
    return None


def may_be_header(line: str) -> bool:
    """Whether the first line of a list may name the columns of a table, none of them known."""
    is_one = "://" not in line and not line.lstrip(BLANK).startswith("#") and column_of(line) is None
    return is_one and any(delimiter in line for delimiter in DELIMITERS)


def columns_of(lines: list[str]) -> list[str]:
    """The columns that the first line names, if the second is a row below it; else nothing.

    >>> columns_of(["Title;Address", "Ice on the weir;https://mill.example/1"])
    ['Title', 'Address']
    >>> columns_of(["Mill, weir and bridge", "https://mill.example/1"])
    []
    """
    for delimiter in DELIMITERS:
        header, *rows = (cells(line.strip("\ufeff \r\n"), delimiter) for line in lines)
        if len(header) > 1 and [len(row) for row in rows] == [len(header)]:
            return [shown(name.strip()) for name in header]
    return []


def cells(line: str, delimiter: str) -> list[str]:
    """Those of a line, which ends the row even within quotes."""
    return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
