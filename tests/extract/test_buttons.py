"""Which buttons are text, and which are not."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from newsclean.extract import buttons
from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse

BEFORE = "The miller paid for the repair with a"
AFTER = "and for the sluice with what was left of it"


WORDS = tomllib.loads(Path(buttons.__file__).with_suffix(".toml").read_text("utf-8"))


@pytest.mark.parametrize("text", WORDS["hits"])
def test_what_a_button_does_is_known(text: str) -> None:
    assert buttons.is_action(text)


@pytest.mark.parametrize("text", WORDS["misses"])
def test_other_words_are_no_action(text: str) -> None:
    assert not buttons.is_action(text)


def texts(body: str) -> list[str]:
    return [b.text for b in read_blocks(parse(f"<body>{body}").take_body_html()).blocks]


@pytest.mark.parametrize("tag", ["p", "li", "dd"])
def test_words_of_a_sentence_that_open_an_explanation_are_text(tag: str) -> None:
    page = f"<{tag}>{BEFORE} <button type=button aria-expanded=false>bridge loan</button> {AFTER}.</{tag}>"

    assert texts(page) == [f"{BEFORE} bridge loan {AFTER}."]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("{0} <button><span>bridge loan</span><svg></svg></button> {1}.", "{0} bridge loan {1}."),
        ("{0} <span><button>bridge loan</button></span> {1}.", "{0} bridge loan {1}."),
        ("{0} <button>bridge <i>loan</i></button>, {1}.", "{0} bridge loan, {1}."),
        ("{0}<button>bridge loan</button>{1}.", "{0} bridge loan {1}."),
        ("{0} <button>bridge loan</button>-holder {1}.", "{0} bridge loan-holder {1}."),
        ("{0} short <em>and dear</em> <button>bridge loan</button>.", "{0} short and dear bridge loan."),
        ("The <button>sluice</button> and the <button>weir</button> {1}.", "The sluice and the weir {1}."),
        ("水車小屋の主人は朝の五時まで粉袋の上で眠り、村の<button>助役</button>もそれを起こそうとはしなかったという。",)
        * 2,
    ],
    ids=["icon", "in-a-span", "italics", "touching", "hyphen", "last", "two", "japanese"],
)
def test_the_markup_of_such_words_is_of_no_account(sentence: str, text: str) -> None:
    assert texts(f"<p>{sentence.format(BEFORE, AFTER)}</p>") == [
        text.format(BEFORE, AFTER).replace("<button>", "").replace("</button>", "")
    ]


@pytest.mark.parametrize(
    "button",
    [
        "Play",
        "Listen here",
        "Add to cart",
        "i",
        "?",
        "[1]",
        "7",
        "<div>bridge loan</div><div>Money for a short time.</div>",
        "loan " * 20,
    ],
    ids=["action", "actions", "cart", "letter", "sign", "mark", "number", "explanation", "long"],
)
def test_what_is_no_word_of_the_sentence_stays_out(button: str) -> None:
    assert texts(f"<p>{BEFORE} loan <button>{button}</button> {AFTER}.</p>") == [f"{BEFORE} loan {AFTER}."]


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p><button>Share</button> <button>Reply</button> <button>Save for later</button></p>", []),
        (f"<p>{BEFORE} loan. <button>Show more</button></p>", [f"{BEFORE} loan."]),
        (f"<p>{AFTER}. <button>Whole transcript</button> {BEFORE} loan.</p>", [f"{AFTER}. {BEFORE} loan."]),
        (f"<p><button>Listen now</button> {BEFORE} loan.</p>", [f"{BEFORE} loan."]),
        ("<ul><li>News <button>Expand menu</button><ul><li>Town</li></ul></li></ul>", ["News", "Town"]),
        (f"<p>{AFTER} <button>Share it</button> <button>Reply to it</button> {BEFORE}</p>", [f"{AFTER} {BEFORE}"]),
        ("<p>Privacy|<button>Privacy manager</button>|Imprint</p>", ["Privacy||Imprint"]),
        ("<p>Nora <button>Follow her</button> 2 h</p>", ["Nora 2 h"]),
        (f"<div>{BEFORE} <button>bridge loan</button> {AFTER}.</div>", [f"{BEFORE} {AFTER}."]),
    ],
    ids=["row", "behind", "between", "before", "menu", "row-amid-text", "bars", "name", "no-paragraph"],
)
def test_buttons_that_no_sentence_runs_through_stay_out(page: str, left: list[str]) -> None:
    assert texts(page) == left


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_a_heading_that_is_a_button_is_one(level: int) -> None:
    (block,) = read_blocks(
        parse(f"<h{level}>\n<button><span>Who pays for it</span><svg></svg></button>\n</h{level}>").take_body_html()
    ).blocks

    assert (block.text, block.node.tag) == ("Who pays for it", f"h{level}")


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("Who pays <button>Show the answer</button>", ["Who pays"]),
        ("<button>Go back</button><button>Close it</button>", []),
        ("<button>193</button>", []),
        ("<button>Share</button>", []),
        ("<button>+</button>", []),
    ],
    ids=["beside-text", "two", "number", "action", "sign"],
)
def test_a_button_beside_a_heading_is_none(heading: str, left: list[str]) -> None:
    assert texts(f"<h2>{heading}</h2>") == left


@pytest.mark.parametrize(
    "piece",
    ["word <button>bridge loan</button> ", "<i>", "<b>word <button>bridge loan</button> ", "<button>x</button>"],
    ids=["words", "siblings", "nested", "alone"],
)
def test_many_buttons_are_read_in_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        document = parse(f"<p>{piece * count}<button>bridge loan</button> {AFTER}")
        start = time.process_time()
        document.take_body_html()
        return time.process_time() - start

    assert seconds(4_000) < 0.5


@pytest.mark.parametrize(
    "sentence",
    [
        "The cause of it all is the <button>salinity</button>.",
        "The cause is the <button>salinity</button>, the station said.",
        "They measured <button>salinity</button>, <button>turbidity</button> and <button>acidity</button>.",
    ],
    ids=["last", "before-a-comma", "several"],
)
def test_words_of_a_short_sentence_are_text(sentence: str) -> None:
    assert texts(f"<p>{sentence}</p>") == [sentence.replace("<button>", "").replace("</button>", "")]


def test_a_button_behind_a_label_is_none() -> None:
    assert texts("<p>Sizes: <button>large</button></p>") == ["Sizes:"]


ANSWER = "The miller pays for the sluice, and the town pays for the bridge beside it."


@pytest.mark.parametrize(
    "accordion",
    [
        "<div><button>Who pays for the sluice?</button><div>{}</div></div>",
        "<div><div><button>Who pays for the sluice?</button></div> <section><p>{}</p></section></div>",
        "<dl><dt><button aria-expanded=false>Who pays for the sluice?</button></dt><dd>{}</dd></dl>",
    ],
    ids=["panel", "header-and-panel", "dl"],
)
def test_a_question_that_folds_out_its_answer_is_text(accordion: str) -> None:
    assert texts(accordion.format(ANSWER) * 3) == ["Who pays for the sluice?", ANSWER] * 3
    assert texts(accordion.format(ANSWER) * 2) == [ANSWER] * 2  # one or two sell something


@pytest.mark.parametrize(
    "body",
    [
        "<div><button>Read the answers</button><div>{}</div></div>",
        "<div><button>Who pays for the sluice?</button> {}</div>",
        "<div><button>Who pays?</button><button>Who cares?</button></div><p>{}</p>",
        "<div><button>?</button><div>{}</div></div>",
        "<div><button>Share; save; print;</button><div>{}</div></div>",
    ],
    ids=["no-question", "no-element", "a-choice", "a-sign", "no-greek"],
)
def test_other_buttons_beside_a_text_are_none(body: str) -> None:
    assert texts(body.format(ANSWER) * 3) == [ANSWER] * 3


def test_a_question_without_an_answer_is_a_button() -> None:
    assert texts("<div><button>Was this helpful?</button><div>Yes</div></div><p>Boats.</p>") == ["Yes", "Boats."]
