"""Which elements of a page are cells of a table of data, and where in it they stand."""

from __future__ import annotations

import pytest

from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse
from newsclean.extract.tables import MAX_CELL_CHARS, find_cells

PROSE = "Fog lay on the bay until noon, so that nobody who stood on the pier could see the boats, or hear their bells."
ROWS = "<tr><th>Boat<th>Crew<tr><td>Tern<td>4"


def places(page: str) -> list[tuple[str, int, int]]:
    """Text, row and column of each block that stands in a table of data."""
    blocks = read_blocks(parse(page).take_body_html())
    cells = find_cells(blocks)
    found = ((block.text, cells.get(block.node.index)) for block in blocks.blocks)
    return [(text, cell.row, cell.column) for text, cell in found if cell]


@pytest.mark.parametrize(
    "table",
    [
        f"<table>{ROWS}</table>",
        "<table><thead><tr><th>Boat<th>Crew<tbody><tr><td>Tern<td>4</table>",
        "<table><caption>Boats</caption><tr><th>Boat<th>Crew<tr><td><div><p>Tern</div><td><ul><li>4</ul></table>",
        f"<table><tr><td>Boats<tr><td><table>{ROWS}</table></table>",
    ],
    ids=["rows", "head-and-body", "elements-in-cells", "in-a-layout-table"],
)
def test_a_cell_has_its_row_and_its_column(table: str) -> None:
    assert places(f"<p>Four sailed.</p>{table}<p>All came home.</p>") == [
        ("Boat", 0, 0),
        ("Crew", 0, 1),
        ("Tern", 1, 0),
        ("4", 1, 1),
    ]


def test_what_stands_in_one_cell_has_one_place() -> None:
    assert places(f"<table>{ROWS}<br>5</table>")[-2:] == [("4", 1, 1), ("5", 1, 1)]


def test_two_tables_have_two_numbers() -> None:
    blocks = read_blocks(parse(f"<table>{ROWS}</table><table>{ROWS}</table>").take_body_html())

    assert len({cell.table for cell in find_cells(blocks).values()}) == 2


def test_a_cell_without_text_takes_up_its_column() -> None:
    assert places(f"<table>{ROWS}<tr><td><td>5</table>")[-1] == ("5", 2, 1)


def test_columns_without_text_are_not_counted() -> None:
    assert places("<table><tr><td><td>Boat<td colspan=3>Crew<tr><td><td>Tern<td>4</table>")[2:] == [
        ("Tern", 1, 0),
        ("4", 1, 1),
    ]


def test_a_cell_takes_up_the_columns_and_rows_that_it_spans() -> None:
    table = "<table><tr><th rowspan=2>Boat<th colspan=2>Crew<th>Port<tr><td>Old<td>New<td>-</table>"

    assert places(table) == [("Boat", 0, 0), ("Crew", 0, 1), ("Port", 0, 3), ("Old", 1, 1), ("New", 1, 2), ("-", 1, 3)]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>Tern<tr><td>Gull</table>",
        "<table><tr><td>Tern<td>Gull</table>",
        "<table><tr><td><td>Tern<tr><td><td>Gull</table>",
        f"<table>{ROWS}<tr><td>{'Fog. ' * (MAX_CELL_CHARS // 5 + 1)}<td>4</table>",
        f"<table>{ROWS}<tr><td>{'<p>Fog lay on the bay</p>' * (MAX_CELL_CHARS // 10)}<td>4</table>",
        f"<table>{ROWS}<tr><td><table><tr><td>Gull</table><td>5</table>",
        f"<table>{ROWS}<tr><td>{PROSE}<td>{PROSE}</table>",
        f"<table>{ROWS}<tr><td><p>{PROSE}</p><p>{PROSE}</p><td>4</table>",
    ],
    ids=[
        "one-column",
        "one-row",
        "one-column-with-text",
        "a-long-cell",
        "many-paragraphs-in-a-cell",
        "a-table-in-it",
        "two-in-a-row",
        "two-in-a-cell",
    ],
)
def test_a_table_that_is_there_for_the_layout_has_no_cells(table: str) -> None:
    assert places(table) == []


def test_what_reaches_into_rows_below_is_told_in_the_first_columns_alone() -> None:
    """So that cells which each take up 99 columns of 99 rows are read in bounded time."""
    table = "<table><tr><td rowspan=99 colspan=99>Fog<td>Sun<tr><td>Rain</table>"

    assert places(table)[1:] == [("Sun", 0, 2), ("Rain", 1, 1)]
