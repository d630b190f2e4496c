"""What the files of an article say."""

import json
from dataclasses import replace

import pytest

from newsclean.model import Article, Block, Cell, Context, Metadata, Person
from newsclean.output.render import FORMATS, to_json_line

WEIR = Article(
    url="https://mill.example/weir",
    metadata=Metadata(title="Weir reopens", authors=(Person("Ada Brook"), Person("Tom Hale"))),
    blocks=(
        Block(0, "paragraph", "The weir opened on Monday."),
        Block(2, "heading", "What it cost"),
        Block(3, "item", "Stone: 4,000"),
        Block(4, "item", "Oak: 900"),
        Block(7, "quote", "It was worth it."),
    ),
)


def test_a_text_is_title_byline_and_body_with_blank_lines_between():
    assert FORMATS["txt"](WEIR) == (
        "Weir reopens\n\nBy Ada Brook and Tom Hale\n\nThe weir opened on Monday.\n\nWhat it cost\n\n"
        "Stone: 4,000\n\nOak: 900\n\nIt was worth it.\n"
    )


def test_markdown_marks_each_kind_and_keeps_a_list_together():
    assert FORMATS["md"](WEIR) == (
        "# Weir reopens\n\n*By Ada Brook and Tom Hale*\n\nThe weir opened on Monday.\n\n## What it cost\n\n"
        "- Stone: 4,000\n- Oak: 900\n\n> It was worth it.\n"
    )


def item(text: str, inside: str = "li ol", parent: int = 5) -> Block:
    return Block(0, "item", text, context=Context(inside=inside, parent=parent))


STEPS = tuple(item(text) for text in ("Sift the flour.", "Add *all* the salt.", "Knead."))


def test_markdown_numbers_the_items_of_a_numbered_list_and_the_text_does_not():
    assert rendered("md", *STEPS) == "1. Sift the flour.\n2. Add \\*all\\* the salt.\n3. Knead.\n"
    assert rendered("txt", *STEPS) == "Sift the flour.\n\nAdd *all* the salt.\n\nKnead.\n"


def test_numbers_have_no_gap_where_an_item_was_dropped():
    assert rendered("md", *STEPS[1:]) == "1. Add \\*all\\* the salt.\n2. Knead.\n"


def test_a_numbered_list_goes_on_after_what_stands_in_it_and_another_begins_at_one():
    blocks = (STEPS[0], WEIR.blocks[0], STEPS[2], item("Sweep.", parent=9))
    assert rendered("md", *blocks) == "1. Sift the flour.\n\nThe weir opened on Monday.\n\n2. Knead.\n\n1. Sweep.\n"


@pytest.mark.parametrize(
    ("inside", "mark"),
    [("li ul li ol", "- "), ("li ol li ul div", "1. "), ("li", "- "), ("li div ol", "1. ")],
    ids=["bullets-in-numbers", "numbers-in-bullets", "none-known", "around-a-box"],
)
def test_the_nearest_list_tells_how_an_item_is_marked(inside: str, mark: str):
    assert rendered("md", item("Rye", inside)) == f"{mark}Rye\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1. Knead.", "1. Knead."),
        ("1) Rest *it*.", "1. Rest \\*it\\*."),
        ("3. Mai: Beginn", "1. 3\\. Mai: Beginn"),
        ("1954. A year.", "1. 1954\\. A year."),
        ("2.5 cups of rye", "1. 2.5 cups of rye"),
        ("- Rye", "1. \\- Rye"),
    ],
    ids=["dot", "bracket", "date", "year", "decimal", "dash"],
)
def test_an_item_that_begins_with_its_number_gets_no_second_one(text: str, line: str):
    assert rendered("md", item(text)) == f"{line}\n"


def table(*rows: tuple[str, ...], number: int = 1) -> tuple[Block, ...]:
    """The blocks of a table; a cell's lines are blocks, and a cell without text is none."""
    cells = [(Cell(number, y, x), text) for y, row in enumerate(rows) for x, text in enumerate(row) if text]
    lines = [(cell, line) for cell, text in cells for line in text.split("\n")]
    return tuple(Block(100 * number + i, "cell", line, context=Context(cell=c)) for i, (c, line) in enumerate(lines))


def rendered(form: str, *blocks: Block) -> str:
    return FORMATS[form](Article(None, Metadata(), blocks))


BOATS = table(("Boat", "Crew", "Port"), ("Tern", "4\n5 in May", ""), ("", "3", "Aldermouth"))


def test_a_tables_row_is_a_line_of_the_text():
    assert rendered("txt", *BOATS) == "Boat | Crew | Port\n\nTern | 4 / 5 in May\n\n| 3 | Aldermouth\n"


def test_markdown_has_a_table_for_a_table():
    assert rendered("md", WEIR.blocks[0], *BOATS, WEIR.blocks[2]) == (
        "The weir opened on Monday.\n\n"
        "| Boat | Crew | Port |\n| --- | --- | --- |\n| Tern | 4<br>5 in May |  |\n|  | 3 | Aldermouth |\n\n"
        "- Stone: 4,000\n"
    )


def test_two_tables_that_follow_each_other_are_two():
    second = table(("Day", "Wind"), ("Monday", "7"), number=2)
    assert rendered("md", *BOATS, *second).count("| --- |\n") == 2


def test_markdown_leaves_out_a_column_that_has_lost_its_text():
    assert rendered("md", *[b for b in BOATS if b.context.cell and b.context.cell.column != 1]) == (
        "| Boat | Port |\n| --- | --- |\n| Tern |  |\n|  | Aldermouth |\n"
    )


@pytest.mark.parametrize(
    ("rows", "lines"),
    [((("Boat", "Crew"),), "Boat | Crew\n"), ((("Tern\nGull",), ("Skua",)), "Tern\n\nGull\n\nSkua\n")],
    ids=["one-row", "one-column"],
)
@pytest.mark.parametrize("form", ["txt", "md"])
def test_what_is_left_of_a_table_in_one_row_or_column_is_lines(
    form: str, rows: tuple[tuple[str, ...], ...], lines: str
):
    assert rendered(form, *table(*rows)) == lines


def test_a_cell_keeps_its_signs():
    rows = table(("1. a|b", "*c*"), ("d\\|", "- e"))
    assert rendered("md", *rows) == "| 1. a\\|b | \\*c\\* |\n| --- | --- |\n| d\\\\\\| | - e |\n"


def test_json_tells_where_in_a_table_a_block_stands():
    first, second = json.loads(rendered("json", WEIR.blocks[0], BOATS[-1]))["blocks"]
    assert "cell" not in first
    assert second["cell"] == {"table": 1, "row": 2, "column": 2}


def test_json_is_the_record_in_its_own_order():
    text = FORMATS["json"](WEIR)
    assert list(json.loads(text).items()) == list(WEIR.to_dict().items())
    assert text.startswith('{\n "schema": 1,\n "url": "https://mill.example/weir",\n')
    assert text.endswith("}\n")


def test_json_leaves_letters_readable():
    assert '"title": "Øvre Mølle"' in FORMATS["json"](replace(WEIR, metadata=Metadata(title="Øvre Mølle")))


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("Ada Brook",), "By Ada Brook"),
        (("Ada Brook", "Tom Hale"), "By Ada Brook and Tom Hale"),
        (("Ada Brook", "Tom Hale", "Ito Ken"), "By Ada Brook, Tom Hale and Ito Ken"),
    ],
    ids=["one", "two", "three"],
)
def test_the_byline_names_all_authors(names: tuple[str, ...], line: str):
    article = replace(WEIR, metadata=Metadata(authors=tuple(map(Person, names))))
    assert FORMATS["txt"](article).startswith(f"{line}\n\nThe weir")


@pytest.mark.parametrize("form", ["txt", "md"])
def test_what_is_missing_leaves_no_gap(form: str):
    article = Article(None, Metadata(), (Block(0, "paragraph", "Only this."),))
    assert FORMATS[form](article) == "Only this.\n"


@pytest.mark.parametrize("form", ["txt", "md"])
def test_letters_are_composed_and_no_line_ends_in_a_space(form: str):
    article = Article(None, Metadata(title="Cafe\u0301 "), (Block(0, "paragraph", "Open again. \u00a0"),))
    assert FORMATS[form](article).removeprefix("# ") == "Caf\u00e9\n\nOpen again.\n"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not an item", "\\- not an item"),
        ("1954. A year.", "1954\\. A year."),
        ("> no quote", "\\> no quote"),
        ("a *b* _c_ `d` [e] <f>", "a \\*b\\* \\_c\\_ \\`d\\` \\[e\\] \\<f>"),
        ("&lt; is written so", "\\&lt; is written so"),
    ],
    ids=["heading", "item", "number", "quote", "inline", "entity"],
)
def test_text_that_looks_like_markdown_is_escaped(text: str, escaped: str):
    assert FORMATS["md"](Article(None, Metadata(), (Block(0, "paragraph", text),))) == f"{escaped}\n"


@pytest.mark.parametrize("text", ["#FloodWatch grew", "Profit & loss", "3.5 percent", "5 - 3", "AT&T"])
def test_ordinary_text_is_not_escaped(text: str):
    assert FORMATS["md"](Article(None, Metadata(), (Block(0, "paragraph", text),))) == f"{text}\n"


def test_a_name_that_is_not_utf_8_survives_a_json_line():
    line = to_json_line({"source": "caf\udce9.html"})
    assert json.loads(line.decode("utf-8")) == {"source": "caf\udce9.html"}


@pytest.mark.parametrize("char", ["\x1b", "\x7f", "\x85", "\x9b", "\u2028", "\u202e", "\u2066", "\u200f"], ids=ascii)
def test_a_record_has_nothing_that_a_terminal_obeys_and_says_the_same(char: str):
    """Row 59 of the fault matrix, for what is read with `cat` and `grep`."""
    line = to_json_line({"title": f"Weir {char}2J at the Möhne"})

    assert json.loads(line)["title"] == f"Weir {char}2J at the Möhne"
    assert char.encode() not in line
    assert "Möhne".encode() in line
    record = FORMATS["json"](replace(WEIR, metadata=Metadata(title=char)))
    assert char not in record
    assert json.loads(record)["title"] == char
