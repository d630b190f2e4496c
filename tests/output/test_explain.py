"""What `--explain` says of each block."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsclean.model import Article, Block, Cell, Change, Context, Metadata, Verdict
from newsclean.output.explain import explain

WEIR = Article(
    url=None,
    metadata=Metadata(title="Weir reopens"),
    blocks=(Block(1, "paragraph", "The weir opened on Monday."), Block(2, "paragraph", "It cost 4,000.")),
    removed=(Block(0, "item", "Menu", seed=False), Block(3, "item", "Share this")),
    changes=(
        Change("body-model", 3, "Share this", None, "below the body: like what is not article"),
        Change("text-glitches", 2, "It  cost 4,000.", "It cost 4,000.", "white space"),
    ),
    notes=("the body was taken from a script",),
    verdicts=(
        Verdict(0, False, "body-model", "above the body, 100% links: like what is not article"),
        Verdict(1, True, "body-model", "between the body's paragraphs: like article text"),
        Verdict(2, True, "body-model", "between the body's paragraphs: like article text"),
        Verdict(3, False, "body-model", "below the body: like what is not article"),
    ),
)


def test_every_block_near_the_body_has_its_mark_and_its_reason():
    assert explain(WEIR).splitlines()[2:10] == [
        "-   0 item      Menu",
        "      [body-model] above the body, 100% links: like what is not article",
        "+   1 paragraph The weir opened on Monday.",
        "      [body-model] between the body's paragraphs: like article text",
        "~   2 paragraph It cost 4,000.",
        "      [text-glitches] white space; was: …It  cost 4,000.…",
        "-   3 item      Share this",
        "      [body-model] below the body: like what is not article",
    ]


def test_what_was_only_put_back_is_marked_as_kept_with_the_reason():
    block = Block(0, "paragraph", "The weir opened on Monday.", seed=False)
    back = Change("body-model", 0, None, block.text, "between the body's paragraphs: like article text")

    assert explain(Article(None, Metadata(), (block,), changes=(back,))).splitlines()[1:] == [
        "+   0 paragraph The weir opened on Monday.",
        "      [body-model] between the body's paragraphs: like article text",
    ]


def test_what_was_put_back_and_changed_is_marked_as_changed():
    block = Block(0, "paragraph", "It cost 4,000.", seed=False)
    back = Change("body-model", 0, None, "It  cost 4,000.", "like article text")
    mended = Change("text-glitches", 0, "It  cost 4,000.", block.text, "white space")

    assert "~   0 paragraph It cost 4,000." in explain(Article(None, Metadata(), (block,), changes=(back, mended)))


def menu(first: int, last: int, link_share: float = 1.0) -> tuple[Block, ...]:
    """Blocks of a menu, with these indexes, that nobody took for the article."""
    context = Context(link_share=link_share)
    return tuple(Block(i, "item", f"Part {i}", seed=False, context=context) for i in range(first, last + 1))


def told(*removed: Block, changes: tuple[Change, ...] = ()) -> list[str]:
    """What is said of blocks around one that stays, number 20."""
    kept = Block(20, "paragraph", "The weir opened on Monday.")
    lines = explain(Article(None, Metadata(), (kept,), removed=removed, changes=changes)).splitlines()
    return [" ".join(line.split()[:3]) for line in lines if line]


def test_of_a_long_menu_only_what_is_nearest_to_the_article_is_shown():
    assert told(*menu(0, 19), *menu(21, 32)) == [
        "… 16 more",
        *(f"- {i} item" for i in range(16, 20)),
        "+ 20 paragraph",
        *(f"- {i} item" for i in range(21, 25)),
        "… 8 more",
    ]


def test_a_short_menu_is_shown_and_so_is_one_within_the_article():
    lines = told(*menu(12, 19))
    inside = explain(Article(None, Metadata(), (WEIR.blocks[0], Block(30, "paragraph", "End.")), removed=menu(2, 29)))

    assert lines == [*(f"- {i} item" for i in range(12, 20)), "+ 20 paragraph"]
    assert "more lines" not in inside


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("渡船从早上六点到午夜每半小时开一班，居民出示电费单即可免费乘坐。", Context()),
        ("Ann Bell", Context()),
        ("Mill", Context(link_share=1.0, cell=Cell(1, 0, 0))),
    ],
    ids=["no-spaces", "names", "table"],
)
def test_what_is_no_menu_is_shown_whole(text, context):
    assert len(told(*(replace(b, text=text, context=context) for b in menu(0, 19)))) == 21


def test_what_a_rule_took_is_never_cut_short_and_nor_is_text():
    change = Change("share-buttons", 5, "Part 5", None, "boilerplate")
    text = [replace(b, text="Boats are free to pass", context=Context(link_share=0.5)) for b in menu(0, 19)]

    assert "- 5 item" in told(*menu(0, 19), changes=(change,))
    assert len(told(*text)) == 21


def test_warnings_come_last():
    assert "the body was taken from a script" in explain(WEIR).splitlines()[-1]


def test_the_record_has_what_stays_out_with_its_reason():
    left_out = [
        {"index": 0, "kind": "item", "text": "Menu", "reason": "above the body, 100% links: like what is not article"}
    ]

    assert WEIR.to_dict()["left_out"] == left_out


def test_the_record_says_of_each_block_why_it_is_there():
    assert WEIR.to_dict()["blocks"][0]["reason"] == "between the body's paragraphs: like article text"


def test_blocks_of_a_text_need_no_reason():
    assert Article(None, Metadata(), WEIR.blocks).to_dict()["blocks"][0] == {
        "index": 1,
        "kind": "paragraph",
        "text": "The weir opened on Monday.",
    }


def test_a_change_at_the_beginning_is_shown_there():
    text = "SEOUL - The ferry ran aground, and " + "it was long before the tide came back. " * 9
    change = Change("dateline", 0, text, text.removeprefix("SEOUL - "), "the place")
    article = Article(None, Metadata(), (Block(0, "paragraph", change.after or ""),), changes=(change,))
    assert "was: …SEOUL - The ferry" in explain(article)
