import pytest

from newsclean.clean.tail import move_credits
from newsclean.model import Person

CREDIT = "(Reporting by Ann Bell in Aldermouth; Editing by Tom Roe)"


def test_a_credit_line_becomes_credits_and_goes(draft, propose, prose):
    proposed = propose(move_credits, draft(*prose, CREDIT))
    assert proposed.changes == [("credits", len(prose), CREDIT, None)]
    assert [(p.name, p.role, p.location) for p in proposed.fields["credits"]] == [
        ("Ann Bell", "reporter", "Aldermouth"),
        ("Tom Roe", "editor", None),
    ]


def test_credits_glued_to_the_last_paragraph_are_cut_off(draft, propose, prose):
    proposed = propose(move_credits, draft(*prose[:-1], f"{prose[-1]} {CREDIT}"))
    assert proposed.changes == [("credits", len(prose) - 1, f"{prose[-1]} {CREDIT}", prose[-1])]
    assert [p.name for p in proposed.fields["credits"]] == ["Ann Bell", "Tom Roe"]


@pytest.mark.parametrize("glued", [False, True], ids=["own-line", "glued"])
def test_credits_stay_in_the_text_on_request_and_are_recorded(draft, propose, prose, glued):
    lines = (*prose[:-1], f"{prose[-1]} {CREDIT}") if glued else (*prose, CREDIT)
    proposed = propose(move_credits, draft(*lines), keep={"credits"})
    assert proposed.changes == []
    assert [p.name for p in proposed.fields["credits"]] == ["Ann Bell", "Tom Roe"]


def test_who_is_known_is_not_added_again(draft, propose, prose):
    editor = Person("Tom Roe", "Tom Roe", role="editor")
    proposed = propose(move_credits, draft(*prose, "(Editing by Tom Roe)", credits=(editor,)))
    assert len(proposed.changes) == 1
    assert proposed.fields == {}


def test_the_agency_of_a_credit_is_recorded(draft, propose, prose):
    proposed = propose(move_credits, draft(*prose, "Associated Press writer Ann Bell contributed to this report."))
    assert [(p.name, p.role, p.agency) for p in proposed.fields["credits"]] == [("Ann Bell", "contributor", "AP")]


def test_a_line_of_rights_goes_by_its_words(draft, propose, prose):
    proposed = propose(move_credits, draft(*prose, "All rights reserved"))
    assert proposed.changes == [("xx/rights", len(prose), "All rights reserved", None)]
    assert propose(move_credits, draft(*prose, "All rights reserved"), keep={"credits"}).changes == []


def test_credits_far_above_the_end_stay(draft, propose, prose):
    proposed = propose(move_credits, draft(CREDIT, *prose))
    assert (proposed.changes, proposed.fields) == ([], {})


@pytest.mark.parametrize(
    "last",
    [
        "The mast broke twice on the way home (editing by hand takes longer).",
        "She has been reporting by boat, on foot and from a kite (in that order) since 1998.",
        "The office will move to Gullpoint (Ann Bell and Tom Roe will not).",
        "Heavy rain contributed to the slide, the county said.",
        "(The names of the crew have been changed.)",
    ],
    ids=["bracket", "reporting", "names", "contributed", "note"],
)
def test_a_sentence_like_a_credit_stays(draft, propose, prose, last):
    proposed = propose(move_credits, draft(*prose, last))
    assert (proposed.changes, proposed.fields) == ([], {})


def test_a_bracket_within_a_sentence_is_no_credit(draft, propose, prose):
    line = "The band will play its hit “Low Tide” (written by Karl Moe and Eva Strand in Bergen)."
    assert propose(move_credits, draft(*prose, line)).changes == []


def test_an_agency_that_signs_the_last_sentence_becomes_an_agency(draft, propose, prose):
    proposed = propose(move_credits, draft(*prose, f"{prose[0]} EFE"))
    assert proposed.changes == [("credits", len(prose), f"{prose[0]} EFE", prose[0])]
    assert proposed.fields["agencies"] == ("EFE",)
