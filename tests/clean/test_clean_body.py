"""The verdicts on a page's blocks: the model's, the caller's choice of parts, and that reasons are for people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsclean
from newsclean.clean.block_groups import GROUP_FEATURES
from newsclean.clean.body import changes_of, judge
from newsclean.clean.body_features import (
    FEATURES,
    NAMES,
    PageFeatures,
    body_features,
    shares_of_capitals_and_digits,
)
from newsclean.clean.options import Options
from newsclean.clean.trees import load, read_model
from newsclean.model import Block, Cell, Context, Draft, Metadata

LONG = "The keeper counted the boats twice before he let the chain down, and wrote the number into the book in ink."


def block(i: int, text: str = LONG, *, seed: bool = True, tag: str = "p", parent: int = 1) -> Block:
    kind = "item" if tag == "li" else "paragraph"
    return Block(i, kind, text, seed, Context(tag=tag, parent=parent, seed_share=float(seed)))


def page(*blocks: Block) -> Draft:
    """A draft with something to decide: a menu below all else."""
    return Draft(None, Metadata(), (*blocks, block(len(blocks), "Menu", seed=False)))


def test_text_without_a_page_has_nothing_to_decide():
    assert judge(Draft(None, Metadata(), (block(0), block(1, "Menu"))), Options()) == ()


def test_every_block_has_a_verdict_with_a_reason_in_words():
    links = Context(tag="li", classes="related-links", link_share=0.92, parent=2, seed_share=1.0)
    blocks = (block(0), Block(1, "item", "Ferry runs aground", True, links), block(2, LONG + " Lost.", seed=False))

    stays, goes, comes, left = judge(page(*blocks), Options(), [0.9, 0.1, 0.9, 0.0])

    assert [v.stays for v in (stays, goes, comes, left)] == [True, False, True, False]
    assert "between the body's paragraphs, 92% links, a list item, in “related-links”" in goes.reason
    assert "like article text" in stays.reason
    assert "like article text" in comes.reason
    assert "like what is not article" in left.reason


def places_of(blocks: tuple[Block, ...], chances: list[float]) -> list[str]:
    """Where the reasons say that the blocks stand."""
    ways = ("above", "between", "below")
    return [next(w for w in ways if v.reason.startswith(w)) for v in judge(page(*blocks), Options(), chances)]


def test_the_body_ends_with_the_last_paragraph_that_is_kept_whoever_found_it():
    blocks = (block(0, f"{LONG} Eh.", seed=False), block(1), block(2, "Share"), block(3, f"{LONG} Oh.", seed=False))

    assert places_of(blocks, [0.9, 0.9, 0.0, 0.9, 0.0]) == ["between", "between", "between", "between", "below"]


def test_where_no_paragraph_is_kept_the_body_ends_with_the_last_line_that_is():
    blocks = (block(0, "Share"), block(1, "One boat"), block(2, "Two boats"))

    assert places_of(blocks, [0.0, 0.9, 0.9, 0.0]) == ["above", "between", "between", "below"]


def test_a_link_that_extraction_left_stays_out_however_likely_it_is():
    link = Block(1, "item", "Ferry runs aground", False, Context(tag="li", link_share=1.0, parent=2))

    assert [v.stays for v in judge(page(block(0), link), Options(), [0.9, 0.99, 0.0])] == [True, False, False]


def test_a_copy_of_what_is_kept_is_called_one():
    draft = page(block(0), block(1, LONG.upper(), seed=False), block(2, LONG.replace("twice", "once"), seed=False))
    _, copy, other, _ = judge(draft, Options(), [0.9, 0.1, 0.1, 0.0])

    assert "stands elsewhere as well" in copy.reason
    assert "elsewhere" not in other.reason


def test_only_what_differs_from_extraction_is_a_change():
    draft = page(block(0), block(1, "Read more"), block(2, LONG + " Lost.", seed=False))

    changes = changes_of(draft, judge(draft, Options(), [0.9, 0.1, 0.9, 0.0]))

    assert [(c.block, c.before is None, c.after is None) for c in changes] == [(1, False, True), (2, True, False)]


def placed(i: int, classes: str, text: str = "Somebody else said this, at some length, on another day.") -> Block:
    return Block(i, "paragraph", text, True, Context(tag="p", classes=classes, seed_share=1.0))


@pytest.mark.parametrize(
    ("classes", "rule"),
    [("twitter-tweet", "tweet"), ("side-factbox", "fact-box"), ("promo-description", "aside")],
)
def test_what_stands_in_such_a_place_goes_however_likely_it_is(classes, rule):
    verdict = judge(page(block(0), placed(1, classes)), Options(), [0.9, 0.99, 0.0])[1]

    assert (verdict.stays, verdict.rule) == (False, rule)
    assert classes in verdict.reason


@pytest.mark.parametrize(("part", "classes"), [("tweets", "twitter-tweet"), ("fact-boxes", "side-factbox")])
def test_a_part_stays_on_request_however_unlikely_it_is(part, classes):
    draft = page(block(0), placed(1, classes), block(2, LONG + " Two."))

    assert not judge(draft, Options(), [0.9, 0.1, 0.9, 0.0])[1].stays
    assert judge(draft, Options(keep=frozenset({part})), [0.9, 0.1, 0.9, 0.0])[1].stays


@pytest.mark.parametrize(
    ("part", "kind", "tag"), [("tables", "cell", "td"), ("lists", "item", "li"), ("captions", "caption", "figcaption")]
)
def test_an_unlikely_part_comes_back_on_request(part, kind, tag):
    other = Block(1, kind, "Three ropes", False, Context(tag=tag))
    draft = page(block(0), other, block(2, LONG + " Two."))

    assert not judge(draft, Options(), [0.9, 0.1, 0.9, 0.0])[1].stays
    assert judge(draft, Options(keep=frozenset({part})), [0.9, 0.1, 0.9, 0.0])[1].stays


@pytest.mark.parametrize(
    ("part", "classes"),
    [
        ("captions", "figure-caption"),
        ("captions", "wp-caption-text"),
        ("credits", "photo_credit"),
        ("credits", "credits"),
        ("standfirst", "article-subtitle"),
    ],
)
def test_a_paragraph_comes_back_on_request_if_its_class_words_say_which_part_it_is(part, classes):
    line = replace(placed(1, classes, "Rope is made by hand"), seed=False)
    first = block(0, "Boats") if part == "standfirst" else block(0)
    draft = page(first, line, block(2, LONG + " Two."))

    assert not judge(draft, Options(), [0.9, 0.1, 0.9, 0.0])[1].stays
    assert judge(draft, Options(keep=frozenset({part})), [0.9, 0.1, 0.9, 0.0])[1].stays


@pytest.mark.parametrize("classes", ["creditor-list", "encapsulated", "accredited", "legendary"])
def test_words_that_only_contain_such_a_word_say_nothing(classes):
    draft = page(block(0), replace(placed(1, classes), seed=False), block(2, LONG + " Two."))

    assert not judge(draft, Options(keep=frozenset({"captions", "credits"})), [0.9, 0.1, 0.9, 0.0])[1].stays


@pytest.mark.parametrize("classes", ["lead-image-caption", "subhead-date", "author-intro", "newsletter-intro"])
def test_class_words_that_speak_of_others_make_no_standfirst(classes):
    draft = page(block(0, "Boats"), replace(placed(1, classes), seed=False), block(2, LONG))

    assert not judge(draft, Options(keep=frozenset({"standfirst"})), [0.9, 0.1, 0.9, 0.0])[1].stays


def test_what_stays_for_the_part_that_it_is_says_so():
    other = Block(1, "item", "Three ropes", False, Context(tag="li"))
    draft = page(block(0), other, block(2, LONG + " Two."))
    verdict = judge(draft, Options(keep=frozenset({"lists"})), [0.9, 0.1, 0.9, 0.0])[1]

    assert verdict.reason.endswith("of the part “lists”, which is to stay")


@pytest.mark.parametrize(("in_core", "stays"), [(True, True), (False, False)], ids=["in-the-article", "beside-it"])
def test_a_table_below_the_last_paragraph_stays_on_request(in_core, stays):
    context = Context(tag="td", cell=Cell(1, 0, 0), in_core=in_core)
    draft = page(block(0), block(1, LONG + " Two."), Block(2, "cell", "Three ropes", False, context))

    assert judge(draft, Options(keep=frozenset({"tables"})), [0.9, 0.9, 0.1, 0.0])[2].stays is stays


@pytest.mark.parametrize(
    ("kind", "context"),
    [("cell", Context(tag="td")), ("paragraph", Context(tag="p", cell=Cell(1, 0, 0)))],
    ids=["cell", "paragraph-in-a-cell"],
)
def test_tables_go_on_request(kind, context):
    draft = page(block(0), Block(1, kind, "Three ropes", True, context), block(2, LONG + " Two."))

    assert judge(draft, Options(), [0.9, 0.9, 0.9, 0.0])[1].stays
    assert judge(draft, Options(drop=frozenset({"tables"})), [0.9, 0.9, 0.9, 0.0])[1].rule == "table"


def test_the_standfirst_goes_on_request():
    standfirst = placed(0, "article-standfirst", "The chain at the harbour mouth is to be let down again.")
    draft = page(standfirst, block(1), block(2, LONG + " Two."))

    assert judge(draft, Options(), [0.9, 0.9, 0.9, 0.0])[0].stays
    assert judge(draft, Options(drop=frozenset({"standfirst"})), [0.9, 0.9, 0.9, 0.0])[0].rule == "standfirst"


def titled(*blocks: tuple[str, str, int]) -> Draft:
    """Blocks by text, tag and path, all seeds, of a page called "Boats counted twice"; a menu below."""
    made = [
        Block(i, "paragraph", text, True, Context(tag=tag, path=path, parent=path, seed_share=1.0))
        for i, (text, tag, path) in enumerate(blocks)
    ]
    menu = Block(len(made), "item", "Menu", False, Context(tag="li", path=99, link_share=1.0))
    return Draft(None, Metadata(title="Boats counted twice"), (*made, menu))


HEADLINE = ("Boats counted twice", "h1", 1)


@pytest.mark.parametrize(
    ("blocks", "stays"),
    [
        ([(LONG, "p", 2), HEADLINE, (LONG + " One.", "p", 3), (LONG + " Two.", "p", 3)], False),
        ([(LONG, "p", 3), HEADLINE, (LONG + " One.", "p", 3), (LONG + " Two.", "p", 3)], True),
        ([(LONG, "p", 2), ("The Aldermouth Post", "h1", 1), (LONG + " One.", "p", 3), (LONG + " Two.", "p", 3)], True),
        ([(LONG, "p", 2), HEADLINE, (LONG + " One.", "p", 3), HEADLINE, (LONG + " Two.", "p", 3)], True),
        ([(LONG + LONG, "p", 2), HEADLINE, (LONG + " One.", "p", 3)], True),
    ],
    ids=["elsewhere", "in-the-same-place", "below-a-logo", "of-two-headlines", "most-of-the-text"],
)
def test_what_stands_above_the_headline_and_elsewhere_goes(blocks, stays):
    first, *_ = judge(titled(*blocks), Options(), [0.9] * len(blocks) + [0.0])

    assert first.stays is stays
    assert (first.rule == "above-headline") is not stays


def test_a_page_without_a_title_has_no_headline_to_stand_above():
    blocks = titled((LONG, "p", 2), ("***", "h1", 1), (LONG + " One.", "p", 3), (LONG + " Two.", "p", 3)).blocks

    assert judge(Draft(None, Metadata(), blocks), Options(), [0.9] * 4 + [0.0])[0].stays


def test_a_standfirst_may_stand_above_the_headline():
    draft = titled((LONG, "p", 2), HEADLINE, (LONG + " One.", "p", 3), (LONG + " Two.", "p", 3))
    said = Draft(None, Metadata(title="Boats counted twice", description=LONG), draft.blocks)

    assert judge(said, Options(), [0.9] * 4 + [0.0])[0].stays


def test_a_class_word_around_nearly_all_the_text_means_something_else():
    draft = page(*(placed(i, "modal-content", f"{LONG} {i}.") for i in range(4)))

    assert [v.stays for v in judge(draft, Options(), [0.9] * 4 + [0.0])] == [True] * 4 + [False]


def post(i: int, number: int, words: int = 80, prefix: str = "") -> Block:
    text = " ".join(f"word{i}x{n}" for n in range(words)) + "."
    return Block(i, "paragraph", text, True, Context(tag="p", around=f"{prefix}post-{number} entry", seed_share=1.0))


def test_of_several_posts_the_first_is_the_article():
    draft = page(post(0, 81), post(1, 82), post(2, 83))

    assert [v.stays for v in judge(draft, Options(), [0.9, 0.9, 0.9, 0.0])] == [True, False, False, False]


def test_below_a_text_of_its_own_all_posts_go():
    draft = page(block(0, LONG * 4), post(1, 82), post(2, 83, 30), post(3, 84, 30))

    assert [v.stays for v in judge(draft, Options(), [0.9] * 4 + [0.0])] == [True, False, False, False, False]
    assert all(v.stays for v in judge(draft, Options(keep=frozenset({"posts"})), [0.9] * 4 + [0.0])[:4])


def test_two_numbered_posts_are_not_several():
    assert all(v.stays for v in judge(page(post(0, 81), post(1, 82)), Options(), [0.9, 0.9, 0.0])[:2])


def test_other_words_that_end_in_post_number_none():
    draft = page(*(post(i, 81 + i, prefix="guest-") for i in range(3)))

    assert all(v.stays for v in judge(draft, Options(), [0.9, 0.9, 0.9, 0.0])[:3])


def test_entries_of_a_live_page_stay_unless_told_otherwise():
    entries = tuple(placed(i, "live-entry", f"{LONG} {i}.") for i in range(1, 3))
    draft = page(block(0, LONG * 4), *entries)

    assert [v.stays for v in judge(draft, Options(), [0.9] * 3 + [0.0])] == [True, True, True, False]
    dropped = judge(draft, Options(drop=frozenset({"posts"})), [0.9] * 3 + [0.0])
    assert [v.stays for v in dropped] == [True, False, False, False]


def test_a_row_has_a_number_for_each_name():
    rows = body_features(Draft(None, Metadata(title="A title"), (block(0), block(1, "Menu", seed=False))))

    assert [len(row) for row in rows] == [len(NAMES)] * 2


def test_the_numbers_come_in_the_order_of_their_names():
    assert [*PageFeatures(page(block(0), block(1))).columns([0])] == [*FEATURES, *GROUP_FEATURES]


def test_the_rows_of_some_blocks_are_those_of_all():
    draft = page(block(0), block(1, "Read more", seed=False, tag="li"), block(2), block(3, LONG + " Two."), block(4))
    rows = body_features(draft)

    assert body_features(draft, [1, 4]) == [rows[1], rows[4]]
    assert body_features(draft, []) == []
    assert all(type(number) is float for row in rows for number in row)


@given(st.text(max_size=60))
@example("ÄÖ Ü9 ٣ 港")
def test_capitals_and_digits_are_counted_in_every_script(start):
    chars = max(len(start), 1)
    assert shares_of_capitals_and_digits(start) == (
        sum(c.isupper() for c in start) / chars,
        sum(c.isdigit() for c in start) / chars,
    )


def test_the_model_is_for_these_features_and_says_what_it_was_learned_from():
    model = read_model("body_model", NAMES)

    assert all("pages of" in told for told in model["learned_from"].values())
    assert all(told.startswith("F1 ") for told in model["cross_validated"].values())


def walk(tree, row):
    while isinstance(tree, list):
        feature, threshold, at_most, more = tree
        tree = at_most if row[feature] <= threshold else more
    return tree


def test_the_compiled_model_says_what_its_numbers_say():
    model = read_model("body_model", NAMES)
    probability = load("body_model", NAMES)
    blocks = (block(0), block(1, "Menu", seed=False), block(2, "Read more", seed=False, tag="li"))

    for row in body_features(Draft(None, Metadata(), blocks)):
        odds = model["base"] + sum(walk(tree, row) for tree in model["trees"])
        assert probability(row) == pytest.approx(1 / (1 + 2.718281828459045**-odds))


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


@pytest.mark.parametrize("tag", ["p", "h2", "h3"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_to_another_story_between_paragraphs_goes(tag, language):
    days = ("first", "second", "third", "fourth", "fifth", "last")
    paragraphs = [f"{LONG} It was the {day} night of the fair. {LONG}" for day in days]
    link = f"<{tag}><a href=/zoo>Zoo welcomes two snow leopards</a></{tag}>"
    body = link.join(f"<p>{p}</p>" for p in paragraphs)
    article = newsclean.extract(
        f"<html lang={language}><title>Boats counted twice</title><body><article>{body}</article>"
    )

    assert article.text.split("\n\n") == paragraphs


CARD = "<article><h2><a href=/{0}>Ferry number {0} runs aground</a></h2><p>Readers of this paper say what they think of it. {0}</p></article>"


def test_teasers_above_the_headline_go():
    paragraphs = [
        f"{LONG} It was the {day} night of the fair." for day in ("first", "second", "third", "fourth", "last")
    ]
    above = "".join(CARD.format(i) for i in range(4))
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    article = newsclean.extract(
        f"<html lang=en><title>Boats counted twice</title><body><section>{above}</section>"
        f"<main><h1>Boats counted twice</h1><article>{body}</article></main>"
    )

    assert article.text.split("\n\n") == paragraphs


def hidden(i: int, words: int, *, seed: bool = False) -> Block:
    text = " ".join(f"word{n}" for n in range(words)) + "."
    return Block(i, "paragraph", text, seed, Context(tag="p", hidden=True, seed_share=float(seed)))


@pytest.mark.parametrize(
    ("words", "seed", "stays"),
    [(20, False, False), (80, False, True), (20, True, True)],
    ids=["a-message", "the-rest-of-the-article", "the-extractor-took-it"],
)
def test_what_a_page_hides_is_the_article_s_if_it_is_much(words: int, *, seed: bool, stays: bool):
    verdict = judge(page(block(0, LONG * 4), hidden(1, words, seed=seed)), Options(), [0.9, 0.9, 0.0])[1]

    assert verdict.stays is stays
    assert (verdict.rule == "hidden") is not stays


@pytest.mark.parametrize(
    ("inside", "stays"),
    [("p footer", False), ("p div nav", False), ("p dialog", False), ("p footer blockquote", True), ("p aside", True)],
)
def test_no_article_stands_in_a_footer_a_menu_or_a_dialog_below_its_container(inside: str, *, stays: bool):
    aside = Block(1, "paragraph", "Filed under boats", True, Context(tag="p", inside=inside))

    assert judge(page(block(0, LONG * 4), aside), Options(), [0.9, 0.9, 0.0])[1].stays is stays


def test_running_text_in_a_footer_may_be_the_article_s():
    last = Block(1, "paragraph", LONG + " Two.", True, Context(tag="p", inside="p footer"))

    assert judge(page(block(0, LONG * 4), last), Options(), [0.9, 0.9, 0.0])[1].stays


def test_a_heading_does_not_go_by_its_own_id():
    heading = Block(1, "heading", "The popup", True, Context(tag="h2", classes="the-popup"))

    assert judge(page(block(0, LONG * 4), heading, block(2, LONG + " Two.")), Options(), [0.9] * 3 + [0.0])[1].stays
