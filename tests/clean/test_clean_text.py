import unicodedata
from importlib.util import find_spec

import pytest

from newsclean.clean.options import Options
from newsclean.clean.text import normalise
from newsclean.rules import Rules


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Cafe\u0301 by the pier", "Café by the pier"),
        ("By\u00a0Lena\u202f Marrow", "By Lena Marrow"),
        ("two  spaces \t and a tab ", "two spaces and a tab"),
        ("light\u200bhouse", "lighthouse"),
        ("light\u00adhouse", "lighthouse"),
        ("\ufefflight\u2060house", "lighthouse"),
        ("\u202aleft\u202c to \u2067right\u2069\u200f", "left to right"),
        ("bell\x07 and delete\x7f", "bell and delete"),
        ("one\u2028two\x0bthree\x0cfour\x85five", "one two three four five"),
    ],
    ids=["nfc", "no-break", "doubled", "zero-width", "soft-hyphen", "joiner", "bidi", "control", "line-breaks"],
)
def test_a_block_is_rewritten_in_plain_characters(draft, propose, before, after):
    assert propose(normalise, draft("Plain.", before)).changes == [("normalise-text", 1, before, after)]


@pytest.mark.parametrize(
    "text",
    [
        "Café by the pier",
        "می\u200cخواهم",
        "क्\u200dष",
        "Don’t “quote” – it…",
        "ﬁne print, ½ litre, x²",
        "Tiếng Việt",
    ],
    ids=["nfc", "persian-joiner", "indic-joiner", "typography", "compatibility", "stacked-marks"],
)
def test_text_in_normal_form_stays_as_it_is(draft, propose, text):
    assert unicodedata.is_normalized("NFC", text)
    assert propose(normalise, draft(text)).changes == []


def test_a_block_of_invisible_characters_is_dropped(draft, propose):
    blank = "\u200b\u00a0\ufeff"
    assert propose(normalise, draft(blank)).changes == [("normalise-text", 0, blank, None)]


def test_mojibake_is_left_alone_unless_asked(draft, propose):
    assert propose(normalise, draft("cafÃ© by the pier")).changes == []


@pytest.mark.skipif(not find_spec("ftfy"), reason="the extra newsclean[mojibake] is not installed")
def test_mojibake_is_mended_on_request(draft):
    options = Options(repair_mojibake=True)
    assert [c.after for c in normalise(draft("cafÃ© by the pier"), Rules(()), options)] == ["café by the pier"]


@pytest.mark.skipif(bool(find_spec("ftfy")), reason="the extra newsclean[mojibake] is installed")
def test_mending_without_the_extra_says_what_to_install(draft):
    with pytest.raises(ImportError, match=r"pip install 'newsclean\[mojibake\]'"):
        list(normalise(draft("cafÃ© by the pier"), Rules(()), Options(repair_mojibake=True)))


@pytest.mark.parametrize("row", ["| --- | --- |", "|:---|---:|", "--- | ---", "|-|"])
def test_the_dashes_under_the_head_of_a_table_stay(draft, propose, row):
    assert propose(normalise, draft("| Pier | Boats |", row, "| East | 14 |")).changes == []


@pytest.mark.parametrize(
    "lines",
    [
        ("The pier.", "| --- | --- |", "| East | 14 |"),
        ("| Pier | Boats |", "| --- | --- |", "The pier."),
        ("| Pier | Boats |", "| --- | --- |"),
        ("| Pier | Boats |", "-----", "| East | 14 |"),
        ("Home | News", "| * |", "Sport | Weather"),
    ],
    ids=["no-head", "no-row", "last", "no-bars", "no-dashes"],
)
def test_other_lines_of_dashes_and_bars_are_dropped(draft, propose, lines):
    assert [(rule, text) for rule, _, text, _ in propose(normalise, draft(*lines)).changes] == [("no-words", lines[1])]
