"""Which cell of a table the elements of a page stand in, where the table holds data and is not there for the layout."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from newsclean.extract.blocks import Blocks, Node
from newsclean.model import Cell

CELLS = frozenset({"td", "th"})
# Characters: a cell with more holds an article or a part of it. Of the tables of two rows and columns that stay in a
# labelled page's body, the largest cell of data has 461, the smallest that is there for the layout 1,112.
MAX_CELL_CHARS = 700
PROSE_CHARS = 100  # of a paragraph
SPAN = re.compile(r'(?:^| )(col|row)span="([1-9]\d?)"')
MAX_SPANNED = 20  # columns in which cells that reach over several rows are told


@dataclass(slots=True)
class Table:
    """A table as far as its cells have been read.

    Attributes:
        index: of its element.
        rows: their numbers, by the index of their elements.
        ends: columns of each row so far.
        free: by column, the first row that no cell above reaches into.
    """

    index: int
    rows: dict[int, int] = field(default_factory=dict)
    ends: Counter[int] = field(default_factory=Counter)
    free: dict[int, int] = field(default_factory=dict)

    def add(self, cell: Node, index: int) -> Cell:
        """Where in the table its next cell stands, which is in the row of that index."""
        row = self.rows.setdefault(index, len(self.rows))
        column = self.ends[row]
        while self.free.get(column, 0) > row:
            column += 1
        spans = {name: int(count) for name, count in SPAN.findall(cell.attributes)} if cell.attributes else {}
        self.ends[row] = column + spans.get("col", 1)
        if "row" in spans:
            reached = range(column, min(self.ends[row], MAX_SPANNED))
            self.free.update(dict.fromkeys(reached, row + spans["row"]))
        return Cell(self.index, row, column)


def find_cells(page: Blocks) -> dict[int, Cell]:
    """Where the page's elements stand in its tables of data, by the elements' index; other elements are left out.

    A table of data has text in two rows and two columns at least, no table in it, no cell with more text than
    MAX_CELL_CHARS, and in no row two paragraphs of text.
    """
    if not any(node.tag == "table" for node in page.nodes):
        return {}
    cells, around, layout = read_cells(page.nodes)
    chars: Counter[int] = Counter()
    prose: Counter[tuple[int, int]] = Counter()
    for block in page.blocks:
        index, size = around[block.node.index], len(block.text)
        chars[index] += size
        if size >= PROSE_CHARS and index in cells:
            prose[cells[index].table, cells[index].row] += 1
    filled = {cells[index]: count for index, count in chars.items() if index in cells}
    layout.update(cell.table for cell, count in filled.items() if count > MAX_CELL_CHARS)
    layout.update(table for (table, _), count in prose.items() if count > 1)
    rows: dict[int, set[int]] = {}
    columns: dict[int, set[int]] = {}
    for cell in filled:
        rows.setdefault(cell.table, set()).add(cell.row)
        columns.setdefault(cell.table, set()).add(cell.column)
    data = {table for table in rows if len(rows[table]) > 1 and len(columns[table]) > 1} - layout
    places = {(table, column): i for table in data for i, column in enumerate(sorted(columns[table]))}
    of_data = {
        i: replace(c, column=places[c.table, c.column]) for i, c in cells.items() if (c.table, c.column) in places
    }
    return {i: of_data[index] for i, index in enumerate(around) if index in of_data}


def read_cells(nodes: list[Node]) -> tuple[dict[int, Cell], list[int], set[int]]:
    """Every cell by its index; the index of the cell that each element is or stands in, 0 if in none; outer tables."""
    cells: dict[int, Cell] = {}
    around = [0]  # the root's
    outer: set[int] = set()
    tables: dict[int, Table] = {}
    for node in nodes:
        above = node.parent
        index = around[above.index] if above is not None else 0
        if node.tag == "table":
            tables[node.index] = Table(node.index)
            if index in cells:
                outer.add(cells[index].table)
        elif node.tag in CELLS and above is not None and (table := tables.get(table_of(above))):
            index = node.index
            cells[index] = table.add(node, above.index)
        around.append(index)
    return cells, around, outer


def table_of(row: Node) -> int:
    """The index of the table that an element is a row of; 0 if it is none."""
    around = row.parent
    if row.tag != "tr" or around is None:
        return 0
    table = around if around.tag == "table" else around.parent
    return table.index if table is not None and table.tag == "table" else 0
