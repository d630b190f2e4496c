from dataclasses import replace

import pytest

from newsclean.clean import pipeline
from newsclean.clean.options import Options
from newsclean.clean.pipeline import CLEANERS, MAX_CUT, apply, clean, excess, undo
from newsclean.clean.shape import word_count
from newsclean.clean.text import normalise
from newsclean.model import Article, Block, Cell, Change, Context, Draft, FieldChange, Person

TITLE = "Night ferry returns to Aldermouth"
MENU = Context("li", "menu-item", "site-nav", "li ul nav", 1.0, link_first=True, depth=3, in_core=False, seed_share=0.0)


def article_of(draft: Draft) -> Article:
    """The draft as cleaning finds it."""
    return Article(draft.url, draft.metadata, draft.blocks)


def rows(article: Article) -> list[tuple[str, int]]:
    """(rule, block) of each change."""
    return [(c.rule, c.block) for c in article.changes]


def test_a_page_is_cleaned_from_top_to_end(draft, prose):
    article = clean(
        draft(
            "Monday, 24 June 2019",
            f"Main » {TITLE}",
            TITLE,
            "By Reuters",
            "Share this articleComments",
            "By\u00a0Ann Bell",
            "16 September 2018",
            f"ALDERMOUTH (Reuters) - {prose[0]}",
            prose[1],
            "You might also like",
            "Lighthouse keeper sells the lamp of the old tower",
            *prose[2:4],
            f"{prose[4]} (Reporting by Ann Bell; Editing by Tom Roe)",
            url="https://post.example/night-ferry-returns",
        )
    )
    assert [b.text for b in article.blocks] == [f"ALDERMOUTH (Reuters) - {prose[0]}", *prose[1:]]
    assert (article.title, article.author_names, article.date_published) == (TITLE, ("Ann Bell",), "2018-09-16")
    assert [(p.name, p.role) for p in article.metadata.credits] == [("Ann Bell", "reporter"), ("Tom Roe", "editor")]
    assert article.metadata.dateline is not None
    assert article.warnings == ()


def test_a_text_that_is_all_article_is_left_alone(draft, prose):
    article = clean(draft(*prose, title=TITLE))
    assert (article.changes, article.removed, article.field_changes, article.warnings) == ((), (), (), ())


def test_the_cells_of_a_table_are_no_lines_of_boilerplate_and_no_byline(draft, prose):
    said = ("Share", "Votes", "By Ann Bell", "–", "Read more", "7")
    cells = [
        Block(i + 1, "cell", text, context=Context("td", cell=Cell(1, i // 2, i % 2))) for i, text in enumerate(said)
    ]

    article = clean(draft(prose[0], *cells, *prose[1:], "Share"))

    assert article.text.split("\n\n") == [prose[0], "Share | Votes", "By Ann Bell | –", "Read more | 7", *prose[1:]]
    assert article.author_names == ()


def test_what_extraction_did_not_take_is_removed_without_a_change(draft, prose):
    article = clean(draft(Block(0, "item", "Menu", seed=False, context=MENU), *prose))
    assert [b.text for b in article.removed] == ["Menu"]
    assert article.changes == ()


def test_the_notes_of_the_draft_become_warnings(draft, prose):
    article = clean(replace(draft(*prose), notes=("the page was cut",)))
    assert article.warnings == ("the page was cut",)


def test_normalising_comes_first():
    """The patterns of all others are written for plain spaces."""
    assert CLEANERS[0] is normalise


def test_a_line_is_seen_by_the_rules_without_its_no_break_spaces(draft, prose):
    article = clean(draft("By\u00a0Ann\u00a0Bell", *prose))
    assert rows(article) == [("normalise-text", 0), ("byline", 0)]
    assert article.author_names == ("Ann Bell",)


def test_a_date_above_the_headline_is_the_day_of_the_visit_and_dates_nothing(draft, prose):
    article = clean(draft("Monday, 24 June 2019", TITLE, *prose, title=TITLE))
    assert rows(article) == [("above-headline", 0), ("headline", 1)]
    assert article.date_published is None


def test_a_credit_line_is_found_above_a_section_that_goes(draft, prose):
    teasers = ("Lighthouse keeper sells the lamp", "Bread to cost more", "Choir refuses to sail", "Boats", "More boats")
    article = clean(draft(*prose, "(Editing by Tom Roe)", "You might also like", *teasers))
    assert article.text == "\n\n".join(prose)
    assert [p.name for p in article.metadata.credits] == ["Tom Roe"]


def test_a_credit_line_below_the_text_is_kept_on_request(draft, prose):
    credit = "(Reporting by Ann Bell; Editing by Tom Roe)"
    article = clean(draft(*prose, credit), Options(keep=frozenset({"credits"})))
    assert article.blocks[-1].text == credit


def test_a_cleaner_that_would_take_too_much_takes_nothing_and_a_warning_says_so(draft, prose):
    article = clean(draft(prose[0], prose[0], prose[0], title=TITLE))
    words = word_count(prose[0])
    assert len(article.blocks) == 3
    assert article.warnings == (f"kept what repeated-paragraph would have dropped: {2 * words} of {3 * words} words",)


def test_the_others_still_work_where_one_is_withheld(draft, prose):
    article = clean(draft("By Ann Bell", prose[0], prose[0], prose[0], title=TITLE))
    assert rows(article) == [("byline", 0)]
    assert len(article.withheld) == 1


def test_a_text_of_nothing_but_boilerplate_is_not_cut_to_nothing(draft):
    article = clean(draft("Share this article", "Tweet", title=TITLE))
    assert [b.text for b in article.blocks] == ["Share this article", "Tweet"]
    assert len(article.warnings) == 1


@pytest.mark.parametrize(("copies", "refused"), [(7, False), (8, True)], ids=["a-third", "over-a-third"])
def test_the_cap_lies_above_a_third_of_the_words(draft, copies, refused):
    sentence = "The crew had to count all the lifejackets on board and sign a form for each one."
    blocks = draft(*[sentence] * 21).blocks
    changes = [Change("x", i, sentence, None, "y") for i in range(copies)]
    assert 7 / 21 < MAX_CUT < 8 / 21
    assert bool(excess(changes, blocks)) is refused


def test_lines_that_are_no_prose_do_not_count_for_the_cap(draft, prose):
    lines = [f"Boat {'abcdefghijklmnopqrstuvwxyz'[i]}" for i in range(26)]
    blocks = draft(prose[0], *lines).blocks
    assert excess([Change("x", i, b.text, None, "y") for i, b in enumerate(blocks) if i], blocks) is None


def test_to_rewrite_text_is_not_to_cut_it(draft, prose):
    assert excess([Change("x", 0, prose[0], "Short.", "y")], draft(prose[0]).blocks) is None


@pytest.mark.parametrize(
    "change",
    [
        Change("x", 0, "Another line", None, "y"),
        Change("x", 0, "Another line", "New", "y"),
        Change("x", 9, "A line", None, "y"),
        Change("x", 0, None, "A line", "y"),
        FieldChange("x", "title", "Another title", "New", "y"),
    ],
    ids=["drop-of-another-text", "rewrite-of-another-text", "no-such-block", "restore-what-is-there", "another-title"],
)
def test_a_change_that_does_not_fit_is_refused(draft, change):
    with pytest.raises(ValueError, match="x: "):
        apply(article_of(draft("A line", title=TITLE)), [change])


def test_a_block_is_not_dropped_twice(draft):
    with pytest.raises(ValueError, match="block 0"):
        apply(article_of(draft("A line", "Another")), [Change("x", 0, "A line", None, "y")] * 2)


def test_a_removed_block_can_be_restored_to_its_place(draft):
    one, two, three = draft("One", "Two", "Three").blocks
    article = Article(None, draft().metadata, (one, three), removed=(two,))
    restored = apply(article, [Change("x", 1, None, "Two", "y")])
    assert (restored.blocks, restored.removed) == ((one, two, three), ())


def test_undo_takes_back_drops_rewrites_and_fields(draft, prose):
    menu = Block(0, "item", "Menu", seed=False, context=MENU)
    before = draft("By\u00a0Ann Bell", "Share this article", *prose, menu)
    article = clean(before)
    assert len(article.changes) == 3
    assert article.field_changes
    assert undo(article) == before


def test_undo_takes_back_a_restored_block(draft):
    one, two = draft("One", "Two").blocks
    article = Article(None, draft().metadata, (one,), removed=(replace(two, seed=False),))
    restored = apply(article, [Change("x", 1, None, "Two", "y")])
    assert undo(restored).blocks == (one, replace(two, seed=False))


def test_undo_refuses_a_rewritten_text_that_something_else_altered(draft, prose):
    article = clean(draft(*prose, "two  spaces"))
    altered = (*article.blocks[:-1], replace(article.blocks[-1], text="other"))
    with pytest.raises(ValueError, match="block 5"):
        undo(replace(article, blocks=altered))


def test_undo_refuses_a_removed_text_that_something_else_altered(draft, prose):
    article = clean(draft("By Ann Bell", *prose))
    with pytest.raises(ValueError, match="block 0"):
        undo(replace(article, removed=(replace(article.removed[0], text="By Tom Roe"),)))


def test_undo_refuses_metadata_that_something_else_altered(draft, prose):
    article = clean(draft("By Ann Bell", *prose))
    with pytest.raises(ValueError, match="authors"):
        undo(replace(article, metadata=replace(article.metadata, authors=(Person("Tom Roe"),))))


def test_undo_refuses_an_article_without_the_block_of_a_change(draft, prose):
    article = clean(draft(*prose, "two  spaces"))
    with pytest.raises(ValueError, match="block 5"):
        undo(replace(article, blocks=article.blocks[:-1]))


def test_undo_refuses_a_dropped_block_that_stands_in_the_text_again(draft, prose):
    article = clean(draft("By Ann Bell", *prose))
    with pytest.raises(ValueError, match="block 0"):
        undo(replace(article, blocks=(*article.removed, *article.blocks), removed=()))


LISTED = Block(0, "item", "two ropes")
PICTURED = Block(0, "caption", "The old pier at low tide")
ORPHAN = (
    "The two harbours opened a common office in March, a sign that the long quarrel is over. -Gullpoint talks in June."
)


@pytest.mark.parametrize(
    ("line", "rule", "drop"),
    [
        ("two  spaces", "normalise-text", ()),
        ("By Ann Bell", "byline", ()),
        (TITLE, "headline", ()),
        ("16 September 2018", "date-line", ()),
        ("Share this articleComments", "en/share-buttons", ()),
        ("You might also like", "en/related-heading", ()),
        (PICTURED, "caption", ()),
        (ORPHAN, "orphan-fragment", ()),
        (LISTED, "list", ("lists",)),
        ("Newsletter", "en/page-label", ()),
    ],
    ids=lambda v: v if isinstance(v, str) and "-" in v else None,
)
def test_every_cleaner_has_its_place(draft, prose, line, rule, drop):
    article = clean(draft(*prose, line, title=TITLE), Options(drop=frozenset(drop)))
    assert rows(article) == [(rule, len(prose))]


def test_a_callers_own_site_rules_apply_to_that_site_alone(draft, prose, tmp_path):
    rule = (
        '[[phrase]]\nid = "tide"\nscope = "line"\npattern = "tide table"\nhits = ["Tide table"]\nmisses = ["The tide"]'
    )
    (tmp_path / "post.example.toml").write_text(rule, "utf-8")
    options = Options(rules=tmp_path)
    here = draft("Tide table", *prose, url="https://www.post.example/a")
    elsewhere = draft("Tide table", *prose, url="https://other.example/a")
    assert rows(clean(here, options)) == [("post.example/tide", 0)]
    assert rows(clean(elsewhere, options)) == []


@pytest.mark.parametrize(
    ("url", "canonical", "applies"),
    [
        ("saved//a.html", "https://www.post.example/a", True),
        (None, "https://post.example/a", True),
        (None, "ftp://post.example/a", False),
        ("https://other.example/a", "https://post.example/a", False),
        ("saved//post.example/a.html", None, False),
    ],
    ids=["saved", "no URL", "no page of the web", "from another site", "no canonical URL"],
)
def test_site_rules_go_by_the_canonical_url_where_no_other_is_known(draft, prose, tmp_path, *, url, canonical, applies):
    rule = '[[phrase]]\nid = "tide"\nscope = "line"\npattern = "tide"\nhits = ["Tide"]\nmisses = ["The tide"]'
    (tmp_path / "post.example.toml").write_text(rule, "utf-8")

    article = clean(draft("Tide", *prose, url=url, canonical_url=canonical), Options(rules=tmp_path))

    assert rows(article) == ([("post.example/tide", 0)] if applies else [])


def test_a_cleaner_sees_what_those_before_it_left(draft, prose, monkeypatch):
    seen: list[int] = []

    def eat(of, rules, options):
        del rules, options
        seen.append(len(of.blocks))
        last = of.blocks[-1]
        return [Change("eat", last.index, last.text, None, "for the test")] if last.text == "Eat" else []

    monkeypatch.setattr(pipeline, "CLEANERS", (eat, eat))
    clean(draft(*prose, "Eat"))
    assert seen[:2] == [6, 5]


@pytest.mark.parametrize("rule", ["en/share-buttons", "headline"])
def test_a_rule_can_be_switched_off(draft, prose, rule):
    page = draft("The weir is open again", *prose, "Share this story", title="The weir is open again")

    assert rule in {c.rule for c in clean(page).changes}
    assert rule not in {c.rule for c in clean(page, Options(without=frozenset({rule}))).changes}


def test_the_body_model_can_be_switched_off(draft):
    page = draft(Block(0, "paragraph", "Menu"), Block(1, "paragraph", "A line that was left.", seed=False))

    assert len(clean(page, chances=[0.1, 0.9]).changes) == 2
    article = clean(page, Options(without=frozenset({"body-model"})), chances=[0.1, 0.9])
    assert (article.changes, article.verdicts) == ((), ())
