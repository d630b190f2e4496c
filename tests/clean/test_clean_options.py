import pytest

import newsclean
from newsclean.clean.options import Options
from newsclean.parts import PARTS

DROPPED_BY_DEFAULT = {"captions", "credits", "fact-boxes", "posts", "tweets"}


@pytest.mark.parametrize("part", PARTS)
def test_by_default_what_labelled_bodies_leave_out_goes(part):
    assert Options().drops(part) is (part in DROPPED_BY_DEFAULT)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_can_be_kept_or_dropped(part):
    assert Options(drop=frozenset({part})).drops(part)
    assert not Options(keep=frozenset({part})).drops(part)


def test_an_unknown_part_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"no such part: advertisements, byline; there are captions, corrections"):
        Options(keep=frozenset({"byline"}), drop=frozenset({"advertisements"}))  # type: ignore[arg-type]


def test_a_part_both_kept_and_dropped_is_refused():
    with pytest.raises(ValueError, match="both kept and dropped: credits"):
        Options(keep=frozenset({"credits"}), drop=frozenset({"credits", "lists"}))


def test_a_single_name_is_not_read_letter_by_letter():
    article = newsclean.clean_text("Rye at dawn\nShare this article", without="en/share-buttons", keep="captions")

    assert "Share this article" in article.text
