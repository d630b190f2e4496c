"""The JSON record: its keys are those that docs/record.md names, in that order, and its schema is numbered."""

from __future__ import annotations

import re
from pathlib import Path

from newsclean.model import SCHEMA, Article, Metadata, Person

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| ((?:`\w+`(?:, )?)+) \|", re.MULTILINE)


def documented() -> list[str]:
    """The keys of the first table of docs/record.md."""
    record = (ROOT / "docs" / "record.md").read_text("utf-8").split("# The manifest")[0]
    return [key for row in ROW.findall(record) for key in re.findall(r"\w+", row)]


def test_the_documented_keys_are_those_of_the_record() -> None:
    assert documented() == list(Article(None, Metadata(), ()).to_dict())


def test_the_record_begins_with_the_number_of_its_schema() -> None:
    assert next(iter(Article(None, Metadata(), ()).to_dict().items())) == ("schema", SCHEMA)


def test_the_documented_number_is_the_records() -> None:
    assert f"the number of this table: {SCHEMA}." in (ROOT / "docs" / "record.md").read_text("utf-8")


def names(*people: Person) -> tuple[str, ...]:
    return Article(None, Metadata(authors=people), ()).author_names


def test_an_agency_beside_people_who_do_not_work_for_it_is_an_author() -> None:
    assert names(Person("AP", "The Associated Press", "agency"), Person("Ann Bell")) == (
        "The Associated Press",
        "Ann Bell",
    )


def test_the_agency_that_somebody_works_for_is_none() -> None:
    assert names(Person("Ann Bell", agency="AP"), Person("AP", "AP", "agency")) == ("Ann Bell",)


def test_editors_are_named_only_where_nobody_wrote() -> None:
    editor = Person("Tom Roe", "Tom Roe", role="editor")
    assert (names(Person("Ann Bell"), editor), names(editor)) == (("Ann Bell",), ("Tom Roe",))
