"""The rows of a page's tables, which its blocks are the cells of, and a row as a line of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from newsclean.model.block import Block

MOST_BARS = 20  # between two cells of a row, in text


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
