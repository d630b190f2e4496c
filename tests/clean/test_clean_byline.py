import pytest

from newsclean.clean.byline import move_bylines
from newsclean.clean.options import Options
from newsclean.model import Person
from newsclean.rules import Rules

ANN = Person("Ann Bell", "Ann Bell")


def test_a_byline_above_the_text_becomes_author(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Ann Bell and Tom Roe", *prose))
    assert proposed.changes == [("byline", 0, "By Ann Bell and Tom Roe", None)]
    assert [p.name for p in proposed.fields["authors"]] == ["Ann Bell", "Tom Roe"]


def test_an_agencys_byline_beside_a_persons_makes_the_agency_that_persons(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Reuters", "By Ann Bell", *prose))
    assert [c[1] for c in proposed.changes] == [0, 1]
    assert [(p.name, p.agency) for p in proposed.fields["authors"]] == [("Ann Bell", "Reuters")]
    assert proposed.fields["agencies"] == ("Reuters",)


def test_an_agencys_byline_alone_makes_the_agency_author(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Reuters", *prose))
    assert [(p.name, p.kind) for p in proposed.fields["authors"]] == [("Reuters", "agency")]


def test_the_pages_own_author_stays(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Tom Roe", *prose, authors=(ANN,)))
    assert proposed.changes == [("byline", 0, "By Tom Roe", None)]
    assert proposed.fields == {}


def test_a_person_of_the_text_goes_before_an_agency_of_the_page(draft, propose, prose):
    desk = Person("Reuters", "Reuters", kind="agency")
    proposed = propose(move_bylines, draft("By Ann Bell", *prose, authors=(desk,)))
    assert [(p.name, p.agency) for p in proposed.fields["authors"]] == [("Ann Bell", "Reuters")]


def test_the_name_of_a_known_author_alone_is_dropped(draft, propose, prose):
    assert propose(move_bylines, draft("ANN BELL", *prose, authors=(ANN,))).changes == [("byline", 0, "ANN BELL", None)]


@pytest.mark.parametrize(("line", "goes"), [("Ann Bell, harbour editor", True), ("Ann Bell, mother of two", False)])
def test_the_name_of_a_known_author_and_the_job_is_dropped(draft, propose, prose, line, goes):
    editor = Person("Ann Bell", "Ann Bell", job="harbour editor")
    proposed = propose(move_bylines, draft(line, *prose, authors=(editor,)))
    assert proposed.changes == ([("byline", 0, line, None)] if goes else [])


def test_a_word_that_is_an_authors_short_name_stays(draft, propose, prose):
    assert propose(move_bylines, draft("Goya", *prose, authors=(Person("Goya", "Goya"),))).changes == []


def test_the_name_of_somebody_else_alone_stays(draft, propose, prose):
    assert propose(move_bylines, draft("Tom Roe", *prose, authors=(ANN,))).changes == []


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the river had risen",
        "By Ann Bell's count, forty boats had left",
        "By the harbour",
        "Ann Bell is the keeper of the lighthouse.",
        "By Ann Bell" + ", Tom Roe" * 15,
    ],
    ids=["by-monday", "sentence", "place", "sentence-with-name", "too-long"],
)
def test_a_line_that_only_begins_like_a_byline_stays(draft, propose, prose, line):
    assert propose(move_bylines, draft(line, *prose, authors=(ANN,))).changes == []


def test_a_signature_at_the_end_is_a_byline(draft, propose, prose):
    lines = (*prose, *prose)
    proposed = propose(move_bylines, draft(*lines, "Ann Bell/AP"))
    assert proposed.changes == [("byline", len(lines), "Ann Bell/AP", None)]
    assert [p.name for p in proposed.fields["authors"]] == ["Ann Bell"]


@pytest.mark.parametrize("paragraphs", [4, 10], ids=["short-text", "long-text"])
@pytest.mark.parametrize("line", ["(Editing by Tom Roe)", "(Reporting by Ann Bell in Aldermouth; Editing by Tom Roe)"])
def test_a_credit_line_below_the_text_is_left_to_the_credits(draft, propose, prose, paragraphs, line):
    """An editor is no author, and the caller may want to keep the line."""
    proposed = propose(move_bylines, draft(*(prose * 2)[:paragraphs], line))
    assert (proposed.changes, proposed.fields) == ([], {})


CREDIT_LINES = {
    "Written by Ann Bell": "author",
    "Reporter: Ann Bell": "reporter",
    "Reporting by Ann Bell": "reporter",
    "Escrito por Ann Bell": "author",
    "Bericht von Ann Bell": "reporter",
    "A cura di Ann Bell": "editor",
}


@pytest.mark.parametrize("line", CREDIT_LINES)
def test_a_credit_line_above_the_text_is_a_byline(draft, propose, prose, line):
    proposed = propose(move_bylines, draft(line, *prose))
    assert proposed.changes == [("byline", 0, line, None)]
    assert [(p.name, p.role) for p in proposed.fields["authors"]] == [("Ann Bell", CREDIT_LINES[line])]


@pytest.mark.parametrize("line", CREDIT_LINES)
def test_a_credit_line_above_the_text_goes_where_its_author_is_known(draft, propose, prose, line):
    assert propose(move_bylines, draft(line, *prose, authors=(ANN,))).changes == [("byline", 0, line, None)]


@pytest.mark.parametrize("line", ["Edited by Tom Roe", "Translated by Tom Roe", "Photos by Tom Roe"])
def test_a_credit_line_above_the_text_that_names_no_author_stays(draft, propose, prose, line):
    assert propose(move_bylines, draft(line, *prose, authors=(ANN,))).changes == []


def test_a_credit_line_of_a_page_without_running_text_is_left_to_the_credits(draft, propose):
    assert propose(move_bylines, draft("Ferry runs again", "Written by Ann Bell")).changes == []


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("Ann Bell, 3 May 2024", True),
        ("Ann Bell, 05/03/2024", True),
        ("Ann Bell | May 5, 2024", True),
        ("By Ann Bell, 28 April 2024", True),
        ("Ann Bell, Reuters, 28 April 2024", True),
        ("Tornby Arena, 28 April 2024", False),
        ("Kessle Rovers 28 April 2024", False),
        ("Tom Roe (3 May 1862 – 1 June 1920)", False),
        ("Letter of Tom Roe, 12 January 2022", False),
    ],
)
def test_a_name_with_the_date_of_another_day_than_the_pages_stays(draft, propose, prose, line, goes):
    proposed = propose(move_bylines, draft(line, *prose, date_published="2024-05-03T10:00:00Z"))
    assert bool(proposed.changes) == goes


def test_a_name_with_a_date_goes_where_the_page_has_none(draft, propose, prose):
    assert propose(move_bylines, draft("Ann Bell, 28 April 2024", *prose)).changes


def test_a_byline_within_the_text_stays(draft, propose, prose):
    """A page of several stories, or a quoted letter: it says nothing of this article's author."""
    assert propose(move_bylines, draft(*prose, *prose, "By Ann Bell", *prose)).changes == []


def test_a_text_without_bylines_proposes_nothing(draft, propose, prose):
    proposed = propose(move_bylines, draft(*prose))
    assert (proposed.changes, proposed.fields) == ([], {})


def test_several_names_at_the_end_are_a_list_and_no_signature(draft, propose, prose):
    """The winners of a contest, with their papers."""
    lines = (*prose, *prose, "Anna Schmidt, Reuters", "Tom Reed, AP", "By Karl Berg")
    proposed = propose(move_bylines, draft(*lines))
    assert proposed.changes == []
    assert proposed.fields == {}


def test_a_job_below_the_byline_is_the_persons_and_goes_with_it(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Ann Bell", "Senior Harbour Correspondent", *prose))
    assert [c[1] for c in proposed.changes] == [0, 1]
    assert [(p.name, p.job) for p in proposed.fields["authors"]] == [("Ann Bell", "Senior Harbour Correspondent")]


def test_a_job_without_a_byline_above_it_stays(draft, propose, prose):
    assert propose(move_bylines, draft("Senior Harbour Correspondent", *prose)).changes == []


@pytest.mark.parametrize("line", ["Ann Bell", "ANN BELL/Tom Roe"])
def test_names_alone_are_a_byline_where_the_page_names_its_outlet_only(draft, propose, prose, line):
    desk = Person("The Harbour Post", "The Harbour Post", kind="organization")
    proposed = propose(move_bylines, draft(line, *prose, authors=(desk,), site="The Harbour Post"))
    assert proposed.changes == [("byline", 0, line, None)]
    assert proposed.fields["authors"][0].name == "Ann Bell"


@pytest.mark.parametrize("kind", ["agency", None], ids=["an agency is named", "nobody is named"])
def test_names_alone_stay_where_the_page_says_something_else(draft, propose, prose, kind):
    authors = (Person("AP", "AP", kind=kind),) if kind else ()
    assert propose(move_bylines, draft("Ann Bell", *prose, authors=authors)).changes == []


def test_the_one_agency_of_the_texts_bylines_is_that_of_the_pages_author(draft, propose, prose):
    proposed = propose(move_bylines, draft("By Reuters", *prose, authors=(ANN,)))
    assert [(p.name, p.agency) for p in proposed.fields["authors"]] == [("Ann Bell", "Reuters")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Flint and Rex Lowe", ["Ada Flint", "Rex Lowe"]),
        ("By Rex Lowe, Ada Flint and Sam Poe", ["Ada Flint", "Rex Lowe", "Sam Poe"]),
        ("By Rex Lowe", ["Ada Flint"]),
    ],
    ids=["one-more", "two-more", "another"],
)
def test_a_byline_that_names_all_known_authors_and_more_adds_the_others(draft, propose, prose, line, names):
    known = (Person("Ada Flint"),)

    proposed = propose(move_bylines, draft(line, *prose, authors=known))

    assert [p.name for p in proposed.fields.get("authors", known)] == names
    assert [c[2] for c in proposed.changes] == [line]


def test_a_byline_of_others_says_so(draft, prose):
    changes = move_bylines(draft("By Rex Lowe", *prose, authors=(Person("Ada Flint"),)), Rules(()), Options())

    assert next(iter(changes)).reason == "a byline: the page's metadata names others"


def test_authors_named_above_each_of_several_parts_stay(draft, propose, prose):
    authors = (Person("Ada Flint"), Person("Rex Lowe"))
    parts = ("Ada Flint", prose[0], "Rex Lowe", *prose[1:])

    assert propose(move_bylines, draft(*parts, authors=authors)).changes == []
    assert [c[1] for c in propose(move_bylines, draft("Ada Flint", *prose, authors=authors)).changes] == [0]


@pytest.mark.parametrize("line", ["By Ada Flint, Grand Rapids", "By Ada Flint and Rex Lowe, staff photographer"])
def test_what_stands_behind_a_comma_or_takes_pictures_is_no_further_author(draft, propose, prose, line):
    proposed = propose(move_bylines, draft(line, *prose, authors=(Person("Ada Flint"),)))

    assert [p.name for p in proposed.fields.get("authors", ())] in ([], ["Ada Flint"])
