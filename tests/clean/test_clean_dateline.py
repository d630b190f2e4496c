import pytest

from newsclean.clean.dateline import read_dateline
from newsclean.model import Dateline

STORY = "The harbour office counted forty boats on Sunday, which is two more than in the week before the storm."
OPENING = "ALDERMOUTH, May 3 (Reuters) - "


def test_a_dateline_is_recorded_and_kept(draft, propose, prose):
    proposed = propose(read_dateline, draft(OPENING + STORY, *prose))
    assert proposed.changes == []
    assert proposed.fields == {
        "dateline": Dateline("ALDERMOUTH", "May 3", "Reuters", OPENING),
        "agencies": ("Reuters",),
    }


def test_a_dateline_goes_on_request(draft, propose, prose):
    proposed = propose(read_dateline, draft(OPENING + STORY, *prose), drop={"dateline"})
    assert proposed.changes == [("dateline", 0, OPENING + STORY, STORY)]
    assert proposed.fields["dateline"].location == "ALDERMOUTH"


def test_a_dateline_is_found_below_a_standfirst(draft, propose, prose):
    assert "dateline" in propose(read_dateline, draft("A label", prose[0], OPENING + STORY)).fields


def test_a_dateline_further_down_opens_another_story(draft, propose, prose):
    proposed = propose(read_dateline, draft(*prose, OPENING + STORY), drop={"dateline"})
    assert (proposed.changes, proposed.fields) == ([], {})


def test_an_agency_that_is_known_is_not_added_again(draft, propose, prose):
    assert "agencies" not in propose(read_dateline, draft(OPENING + STORY, *prose, agencies=("Reuters",))).fields


def test_a_dateline_that_the_page_has_told_stays(draft, propose, prose):
    known = Dateline("Gullpoint")
    assert "dateline" not in propose(read_dateline, draft(OPENING + STORY, *prose, dateline=known)).fields


def test_only_the_first_dateline_counts(draft, propose):
    second = "GULLPOINT, May 4 (AP) - " + STORY
    proposed = propose(read_dateline, draft(OPENING + STORY, second), drop={"dateline"})
    assert [c[1] for c in proposed.changes] == [0]
    assert proposed.fields["agencies"] == ("Reuters",)


@pytest.mark.parametrize(
    "opening",
    ["The harbour (in Aldermouth) - ", "US: ", "BREAKING — ", "Aldermouth – "],
    ids=["bracket", "country", "kicker", "no-capitals"],
)
def test_another_opening_is_no_dateline(draft, propose, prose, opening):
    proposed = propose(read_dateline, draft(opening + STORY, *prose), drop={"dateline"})
    assert (proposed.changes, proposed.fields) == ([], {})
