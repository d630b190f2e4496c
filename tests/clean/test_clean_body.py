"""The body model's decisions: what is decided together, what never happens, and that reasons are for people."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

import newsclean
from newsclean.clean.body import MIN_COPY_WORDS, changes_for, decide_body, select
from newsclean.clean.body_features import NAMES, body_features
from newsclean.clean.body_model import expression, load_model, probability
from newsclean.model import Block, Context, Draft, Metadata

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."


def block(i: int, text: str = LONG, *, seed: bool = True, tag: str = "p", parent: int = 1) -> Block:
    kind = "item" if tag == "li" else "paragraph"
    return Block(i, kind, text, seed, Context(tag=tag, parent=parent, seed_share=float(seed)))


def test_a_likely_block_is_kept_and_an_unlikely_one_is_not():
    blocks = (block(0, LONG + " One."), block(1, LONG + " Two."), block(2, "Menu", seed=False))

    assert select(blocks, [0.9, 0.8, 0.1]) == {0, 1}


def test_a_list_stays_or_goes_as_a_whole():
    items = tuple(block(i, f"Item number {i} of the list", tag="li") for i in range(1, 4))

    assert select((block(0), *items), [0.9, 0.9, 0.2, 0.9]) == {0, 1, 2, 3}
    assert select((block(0), *items), [0.9, 0.2, 0.5, 0.2]) == {0}


def test_of_two_copies_the_likelier_stays_and_of_equals_the_first():
    blocks = (block(0), block(1, "Another paragraph."), block(2))

    assert select(blocks, [0.6, 0.9, 0.9]) == {1, 2}
    assert select(blocks, [0.9, 0.9, 0.9]) == {0, 1}


def test_a_short_line_may_stand_twice():
    line = "word " * (MIN_COPY_WORDS - 1)

    assert select((block(0, line), block(1, line)), [0.9, 0.9]) == {0, 1}


def test_a_block_that_says_all_the_others_again_is_a_copy_for_machines():
    parts = [" ".join(f"{a}{b}" for b in range(60)) for a in "abcdef"]
    blocks = (*(block(i, p) for i, p in enumerate(parts)), block(6, " ".join(parts)))

    assert select(blocks, [0.9] * 7) == set(range(6))


def test_where_next_to_nothing_would_stay_the_bar_is_lowered():
    assert select((block(0), block(1, LONG + " Two.")), [0.2, 0.01]) == {0}


def test_where_nothing_is_likely_the_seeds_stay():
    blocks = (block(0), block(1, "Menu", seed=False))

    assert select(blocks, [0.0, 0.0]) == {0}


def test_text_without_a_page_has_nothing_to_decide():
    assert list(decide_body(Draft(None, Metadata(), (block(0), block(1, "Menu"))))) == []


def test_every_decision_has_a_reason_in_words():
    links = Context(tag="li", classes="related-links", link_share=0.92, parent=2, seed_share=1.0)
    blocks = (block(0), Block(1, "item", "Ferry runs aground", True, links), block(2, LONG + " Lost.", seed=False))

    dropped, restored = changes_for(Draft(None, Metadata(), blocks), [0.9, 0.1, 0.9])

    assert (dropped.block, dropped.after) == (1, None)
    assert "below the body, 92% links, a list item, in “related-links”" in dropped.reason
    assert (restored.block, restored.before) == (2, None)
    assert "like article text" in restored.reason


def test_a_row_has_a_number_for_each_name():
    rows = body_features(Draft(None, Metadata(title="A title"), (block(0), block(1, "Menu", seed=False))))

    assert [len(row) for row in rows] == [len(NAMES)] * 2


def test_the_model_is_for_these_features_and_says_what_it_was_learned_from():
    model = load_model()

    assert tuple(model["features"]) == NAMES
    assert all("pages of" in told for told in model["learned_from"].values())
    assert all(told.startswith("F1 ") for told in model["cross_validated"].values())


def walk(tree, row):
    while isinstance(tree, list):
        feature, threshold, at_most, more = tree
        tree = at_most if row[feature] <= threshold else more
    return tree


def test_the_compiled_model_says_what_its_numbers_say():
    model = json.loads((files("newsclean.clean") / "body_model.json").read_text("utf-8"))
    blocks = (block(0), block(1, "Menu", seed=False), block(2, "Read more", seed=False, tag="li"))

    for row in body_features(Draft(None, Metadata(), blocks)):
        odds = model["base"] + sum(walk(tree, row) for tree in model["trees"])
        assert probability(row) == pytest.approx(1 / (1 + 2.718281828459045**-odds))


def test_only_numbers_become_code():
    with pytest.raises((TypeError, ValueError)):
        expression(["__import__('os')", 0, 1, 2])
    with pytest.raises((TypeError, ValueError)):
        expression("__import__('os')")


PAGE = """<html lang="en"><head><title>Boats counted twice</title></head><body><nav><ul><li><a href=/a>News</a></ul></nav>
<main><article><h1>Boats counted twice</h1><p class="standfirst">The chain of Aldermouth stayed up for a night, and nobody
knew why until the morning.</p>{}<p>{}</p></article><aside class="related"><h2>More stories</h2><ul>{}</ul></aside></main>
</body></html>"""


def test_a_page_keeps_its_paragraphs_and_loses_its_related_stories():
    paragraphs = [f"{LONG} It was the {day} night of the fair." for day in ("first", "second", "third", "fourth")]
    links = "".join(f"<li><a href=/{i}>Ferry number {i} runs aground off the point</a></li>" for i in range(5))
    html = PAGE.format("".join(f"<p>{p}</p>" for p in paragraphs[:3]), paragraphs[3], links)

    article = newsclean.extract(html)

    assert all(p in article.text for p in paragraphs)
    assert "runs aground" not in article.text
    assert newsclean.undo(article).blocks
