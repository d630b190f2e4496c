"""The text model's decisions: what a text without a page loses, and what it never does."""

from __future__ import annotations

from dataclasses import replace

import pytest

import newsclean
from newsclean.clean.options import Options
from newsclean.clean.pipeline import clean
from newsclean.clean.text_features import NAMES, TextFeatures, unwrapped
from newsclean.clean.text_model import decide, drop_unlike, paragraphs_to_drop
from newsclean.clean.trees import read_model
from newsclean.model import Block, Context, Draft, Metadata

STORY = (
    "The council of Aldermouth voted on Tuesday to keep the harbour railway open for another ten years, after a debate that lasted until midnight.",
    "“We could not let the line die when the ferries are full every summer,” said Mayor Ines Dorrit, who had asked for the vote in March.",
    "The railway carries about four hundred passengers a day between the harbour and the old market, most of them pupils and people who work in the shipyard.",
    "Its rails date from 1931 and have to be renewed in three places, which the engineers of the council put at two million crowns.",
    "Opponents had asked for a bus in its place. They said that the bridge over the sluice would not bear the new carriages for long.",
    "The first works are to begin in October, and the line will be shut at night until the spring, the council said.",
    "Until then a steam engine from the museum will draw the trains on Sundays, which the children of the town have asked for since the winter.",
    "The council of Gullpoint, where the line once ended, is to be asked in the new year whether it would like to have its old station back.",
)
NAVIGATION = ("Home", "News", "Sport", "Weather", "Harbour", "Letters", "Obituaries", "Jobs", "Motors", "Property")
TEASERS = (
    *("Ferry runs aground off the point", "Shipyard looks for apprentices", "Ten walks for a wet Sunday"),
    *("Baker wins prize for rye loaf", "School roof to be mended", "Letters: the gulls are back"),
)
FOOTER = ("About us", "Contact", "Advertise", "Terms of use", "Privacy", "Cookies", "Archive", "Jobs with us")


def draft_of(*lines: str, title: str | None = None) -> Draft:
    return Draft(None, Metadata(title=title), tuple(Block(i, "paragraph", line) for i, line in enumerate(lines)))


def by_length(row: tuple[float, ...]) -> float:
    """A chance that goes by the number of words alone."""
    return 0.9 if row[NAMES.index("words")] > 12 else 0.01


def text_of(*lines: str) -> str:
    return "\n".join(lines)


def test_of_a_whole_page_the_article_stays():
    page = text_of(*NAVIGATION, *STORY, *TEASERS, *FOOTER)

    article = newsclean.clean_text(page, title="Harbour railway stays", language="en")

    assert article.text == "\n\n".join(STORY)


def test_a_page_in_markdown_loses_its_links():
    links = tuple(f"* [{word}](https://post.example/{word.lower()})" for word in NAVIGATION)
    teasers = tuple(f"* [{line}](https://post.example/news/{i})" for i, line in enumerate(TEASERS))
    footer = tuple(f"[{word}](https://post.example/x/{i})" for i, word in enumerate(FOOTER))

    article = newsclean.clean_text(text_of(*links, *STORY, *teasers, *footer), language="en")

    assert article.text == "\n\n".join(STORY)


def test_a_headline_deep_in_a_page_becomes_the_title():
    page = text_of(*NAVIGATION, "Aldermouth keeps its harbour railway", *STORY, *TEASERS, *FOOTER)

    article = newsclean.clean_text(page, url="https://post.example/aldermouth-keeps-its-harbour-railway")

    assert article.title == "Aldermouth keeps its harbour railway"
    assert article.text == "\n\n".join(STORY)


def test_a_headline_deep_in_a_page_is_left_to_the_headline_cleaner():
    draft = replace(
        draft_of(*NAVIGATION, "Aldermouth keeps its railway", *STORY, *TEASERS, *FOOTER),
        url="https://post.example/aldermouth-keeps-its-railway",
    )

    gone = {change.block for change in decide(draft, by_length)}

    assert gone == {*range(10), *range(19, 33)}


def test_a_text_with_next_to_no_running_text_is_not_judged():
    assert list(decide(draft_of(*STORY[:2], *RESULTS), by_length)) == []
    assert list(decide(draft_of(*STORY[:3], *RESULTS), by_length)) != []


def test_lines_broken_at_a_width_go_as_a_paragraph():
    lines = ("one two three four five six seven eight nine ten eleven twelve",) * 4

    assert unwrapped([*lines, "end.", "• next"]) == [range(5), range(5, 6)]


def test_lines_of_any_length_are_paragraphs():
    assert unwrapped(STORY) == [range(i, i + 1) for i in range(len(STORY))]


def test_every_line_that_goes_says_where_it_stood_and_why():
    article = newsclean.clean_text(text_of(*NAVIGATION, *STORY, *TEASERS, *FOOTER), language="en")

    reasons = {c.before: c.reason for c in article.changes if c.rule == "text-model"}

    assert reasons["Shipyard looks for apprentices"].startswith(
        "below the text, one of 9 lines in a row that are no running text"
    )
    assert all(reason.endswith(": like what is not article on labelled pages") for reason in reasons.values())


def test_undo_gives_the_lines_back():
    draft = draft_of(*NAVIGATION, *STORY, *TEASERS, *FOOTER)

    assert newsclean.undo(clean(draft)) == draft


def test_the_result_is_not_cut_again():
    once = clean(draft_of(*NAVIGATION, *STORY, *TEASERS, *FOOTER))

    again = clean(Draft(once.url, once.metadata, once.blocks))

    assert [c for c in again.changes if c.rule == "text-model"] == []


def test_the_caller_can_switch_it_off():
    draft = draft_of(*NAVIGATION, *STORY, *TEASERS, *FOOTER)

    assert "text-model" in {c.rule for c in clean(draft).changes}
    assert "text-model" not in {c.rule for c in clean(draft, Options(without=frozenset({"text-model"}))).changes}


def test_a_page_is_left_to_the_body_model():
    blocks = tuple(
        Block(i, "paragraph", line, context=Context(tag="p"))
        for i, line in enumerate((*NAVIGATION, *STORY, *TEASERS, *FOOTER))
    )

    assert list(drop_unlike(Draft(None, Metadata(), blocks))) == []


POEM = (
    *(
        "The gulls came in at seven",
        "and sat upon the rail",
        "They had not heard of heaven",
        "they talked about a whale",
    ),
    *(
        "The tide went out at eleven",
        "and took along the pail",
        "The moon was cut uneven",
        "the harbour light was pale",
    ),
)
RESULTS = ("Aldermouth 2, Gullpoint 1", "Ferrow 0, Market Town 0", "Shipyard 3, Old School 4", "Light 1, Sluice 1")
INTERVIEW = (
    *(
        "Why the railway?",
        "Because it is ours.",
        "And the money?",
        "It will come.",
        "From where?",
        "From the harbour fees.",
    ),
    *("Are you tired?", "A little.", "Will you stand again?", "Ask me in spring."),
)
INGREDIENTS = ("500 g rye flour", "300 ml water", "10 g salt", "A spoon of honey", "Half a cube of yeast")
KEPT = {
    "a clean story": STORY,
    "one line": ("Harbour railway stays open",),
    "three short lines": ("Harbour", "Railway", "Stays"),
    "a poem": POEM,
    "a poem in a story": (*STORY[:3], *POEM, *STORY[3:]),
    "a list of results": RESULTS,
    "results below a story": (*STORY, *RESULTS),
    "an interview": INTERVIEW,
    "an interview with an introduction": (*STORY[:4], *INTERVIEW),
    "a recipe": (*STORY[:2], *INGREDIENTS, *STORY[2:]),
    "a short line that is quoted": (*STORY[:3], "“Not in my lifetime.”", *STORY[3:]),
    "subheadings": (*STORY[:2], "A bridge too old", *STORY[2:4], "What comes next", *STORY[4:]),
    "a question and its answer": (*STORY[:3], "So what will it cost?", "Nobody knows.", *STORY[3:]),
}


@pytest.mark.parametrize("lines", KEPT.values(), ids=KEPT)
def test_an_article_keeps_what_is_its_own(lines):
    assert [c.before for c in drop_unlike(draft_of(*lines))] == []


def test_text_that_is_unlike_an_article_from_end_to_end_stays():
    draft = draft_of(*NAVIGATION, *STORY, *FOOTER)

    assert list(decide(draft, lambda _: 0.0)) == []


def test_most_of_the_running_text_stays_whatever_its_chances():
    text = TextFeatures(draft_of(*STORY))

    assert paragraphs_to_drop(text, [0.9, 0.9, *[0.05] * 6]) == set()
    assert paragraphs_to_drop(text, [*[0.9] * 7, 0.05]) == {7}


def test_an_unlikely_line_among_likely_ones_stays():
    text = TextFeatures(draft_of(*STORY, *RESULTS))

    assert paragraphs_to_drop(text, [0.9] * 8 + [0.5, 0.05, 0.5, 0.5]) == set()
    assert paragraphs_to_drop(text, [0.9] * 8 + [0.05] * 4) == {8, 9, 10, 11}


def test_of_a_page_what_is_more_unlikely_than_likely_goes():
    text = TextFeatures(draft_of(*NAVIGATION, *STORY, *FOOTER))
    chances = [0.3] * len(NAVIGATION) + [0.9] * 8 + [0.3] * len(FOOTER)

    assert paragraphs_to_drop(text, chances) == {*range(10), *range(18, 26)}


def test_in_a_page_a_likely_line_among_unlikely_ones_goes():
    text = TextFeatures(draft_of(*NAVIGATION, *STORY, *FOOTER))
    chances = [0.9, *([0.1] * (len(NAVIGATION) - 1)), *([0.9] * 8), *([0.1] * len(FOOTER))]

    assert paragraphs_to_drop(text, chances) == {*range(10), *range(18, 26)}


def test_a_page_with_little_running_text_keeps_all_of_it():
    """Its article is a table or a list, and the prose around that is not the article."""
    text = TextFeatures(draft_of(*NAVIGATION, *STORY[:3], *RESULTS, *FOOTER))
    chances = [0.1] * len(NAVIGATION) + [0.9] * 3 + [0.1] * (len(RESULTS) + len(FOOTER))

    assert paragraphs_to_drop(text, chances) == set()


def test_a_row_has_a_number_for_each_name():
    text = TextFeatures(draft_of(*NAVIGATION, " ", *STORY, "港の新しい渡し船は来月から運航を始める。", title="Railway"))

    assert {len(text.row(i)) for i in range(text.count)} == {len(NAMES)}


def test_the_model_says_what_it_was_learned_from_and_how_well_it_did():
    model = read_model("text_model", NAMES)

    assert all("pages of" in told for told in model["learned_from"].values())
    assert set(model["cross_validated"]) == {"articles", "whole pages", "labelled bodies"}
