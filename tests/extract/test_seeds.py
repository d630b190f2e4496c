"""Which blocks count as the body extractor's, and which others are judged."""

from __future__ import annotations

import pytest

from newsclean.extract.blocks import read_blocks
from newsclean.extract.document import parse
from newsclean.extract.seeds import Line, Taken, seed_share, seeded
from newsclean.extract.surroundings import NEAR_AFTER, NEAR_BEFORE
from newsclean.model import Block

BODY = [
    f"Paragraph {word} tells at some length how the ferry crossed the bay in fog and what the keeper saw of it."
    for word in ("one", "two", "three", "four")
]

FAR = (
    "Nobody had thought that its keeper would leave the lamp on such a night, yet at noon there he stood upon the quay."
)


def draft(before: str = "", after: str = "", lines: list[str] | None = None) -> tuple[Block, ...]:
    article = "".join(f"<p>{p}</p>" for p in BODY)
    page = f"<html><body>{before}<article class=story>{article}</article>{after}</body></html>"
    return seeded(
        read_blocks(parse(page).take_body_html()),
        tuple(Line("paragraph", t) for t in (BODY if lines is None else lines)),
    )


def test_what_the_extractor_took_is_a_seed_and_what_stands_near_is_not() -> None:
    blocks = draft("<h1>Ferry crosses</h1>", "<div>Share this</div>")

    assert [(b.text, b.seed) for b in blocks] == [
        ("Ferry crosses", False),
        *((p, True) for p in BODY),
        ("Share this", False),
    ]


def test_what_stands_far_off_is_left_out() -> None:
    menu = "".join(f"<div>Item {i}</div>" for i in range(40))

    assert len(draft(menu, menu)) == NEAR_BEFORE + len(BODY) + NEAR_AFTER


def test_a_long_paragraph_that_stands_far_off_is_judged_with_what_stands_beside_it() -> None:
    menu = "".join(f"<div>Item {i}</div>" for i in range(40))
    blocks = draft(after=f"{menu}<h2>At sea</h2><p>{FAR}</p><div>The end</div>{menu}")

    told = [b.text for b in blocks]
    assert told[told.index("At sea") :] == ["At sea", FAR, "The end", "Item 0"]
    assert not any(b.seed for b in blocks if b.text not in BODY)


def test_a_link_that_nobody_closed_makes_no_link_of_the_article() -> None:
    blocks = draft("<a href=/home><div>Home")

    assert {(b.context.link_share, b.context.link_first, b.context.href) for b in blocks} == {(0.0, False, "")}


def test_an_article_of_links_alone_has_none() -> None:
    body = "".join(f"<p><a href=/{i}>{p}</a></p>" for i, p in enumerate(BODY))
    blocks = seeded(read_blocks(parse(body).take_body_html()), tuple(Line("paragraph", p) for p in BODY))

    assert {b.context.link_share for b in blocks} == {0.0}


def test_a_link_around_a_paragraph_stays_a_link() -> None:
    blocks = draft("<p><a href=/x>Home</a></p>")

    assert [b.context.link_share for b in blocks] == [1.0, 0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "around",
    ["<footer><p>{}</p></footer>", "<div class=comments><p>{}</p></div>", "<p><a href=/x>{}</a></p>"],
    ids=["footer", "comment", "link"],
)
def test_no_long_text_that_is_never_article_is_judged_far_off(around: str) -> None:
    menu = "".join(f"<div>Item {i}</div>" for i in range(40))

    assert len(draft(menu, menu + around.format(FAR))) == NEAR_BEFORE + len(BODY) + NEAR_AFTER


def test_a_paragraph_of_which_the_extractor_has_the_most_is_a_seed() -> None:
    text = "".join(chr(97 + i % 26) * (1 + i // 26) for i in range(78))

    assert seed_share(text, Taken(text[:120])) == pytest.approx(2 / 3)
    assert seed_share(text, Taken(text[:30])) == pytest.approx(1 / 3)


@pytest.mark.parametrize("sign", ["\u200c", "\u200d", "\u00ad", "\u200f", "\ufeff", "\ue001"])
def test_signs_that_the_extractor_leaves_out_part_no_block_from_its_line(sign: str) -> None:
    page = read_blocks(parse(f"<body><div>{sign.join(BODY)}</div></body>").take_body_html())

    (block,) = seeded(page, (Line("paragraph", "".join(BODY)),))
    assert (block.seed, block.context.seed_share, block.text) == (True, 1.0, sign.join(BODY))


def test_text_that_is_in_no_block_is_taken_from_the_extractor() -> None:
    """It came from a script: the page's own blocks don't have it."""
    lines = [f"{p} Told again in a script." * 3 for p in BODY]

    assert [(b.text, b.seed) for b in draft(lines=lines)] == [(line, True) for line in lines]


def test_what_stands_in_the_root_itself_stands_elsewhere_than_its_children() -> None:
    """Of a page without a body, the root is around all of it."""
    raw = read_blocks(BODY[0] + "".join(f"<p>{p}</p>" for p in BODY[1:]))
    blocks = seeded(raw, tuple(Line("paragraph", p) for p in BODY[1:]))

    assert [(b.context.inside, b.context.in_core) for b in blocks] == [("", True), *[("p", True)] * 3]


def test_class_words_count_only_below_the_bodys_container() -> None:
    (*_, last) = draft(after="<div class=rail><ul><li class=teaser><a href=/x>More</a></ul></div>")

    assert last.kind == "item"
    assert last.context.classes == "teaser"
    assert last.context.link_share == 1.0
    assert all(b.context.around == "" for b in draft()[:4])


@pytest.mark.parametrize(
    ("ids", "is_one"), [(("block-5906", "block-5907"), True), (("col-66", "col-33"), False), (("a1b2", "c3d4"), False)]
)
def test_entries_that_are_numbered_stand_in_one_place(ids: tuple[str, str], is_one: bool) -> None:
    entries = "".join(f'<div id="{name}" class=e><p>{text}</p></div>' for name, text in zip(ids, BODY, strict=False))
    first, second = seeded(
        read_blocks(parse(f"<body><main>{entries}</main>").take_body_html()),
        tuple(Line("paragraph", text) for text in BODY[:2]),
    )

    assert (first.context.path == second.context.path) is is_one


def test_elements_of_one_kind_in_one_place_have_the_same_path() -> None:
    first, second, *_, other = draft("<div><p>Wind</p><p>Rain</p></div>", "<aside><p>Fog</p></aside>")

    assert first.context.path == second.context.path != other.context.path


@pytest.mark.parametrize(
    ("opening", "tag"), [("div", "p"), ("div dir=auto", "p"), ("div class=share", "div"), ("section", "section")]
)
def test_text_in_a_bare_div_among_paragraphs_is_a_paragraph(opening: str, tag: str) -> None:
    page = "".join(f"<p>{text}</p>" for text in BODY[:3]) + f"<{opening}>{BODY[3]}</{opening.split(maxsplit=1)[0]}>"
    blocks = seeded(
        read_blocks(parse(f"<body><article>{page}</article></body>").take_body_html()),
        tuple(Line("paragraph", text) for text in BODY[:3]),
    )

    assert blocks[3].context.tag == tag
    assert (blocks[3].context.path == blocks[0].context.path) is (tag == "p")
    assert blocks[3].context.inside.split()[0] == tag


def test_elements_like_those_of_the_body_are_judged_however_far_off() -> None:
    page = "".join(f"<p>{p}</p>" for p in BODY) + "<div>-</div>" * 30 + "<p>A tail</p><p class=b>Not one</p>"
    raw = read_blocks(parse(page).take_body_html())

    assert seeded(raw, tuple(Line("paragraph", p) for p in BODY))[-1].text == "A tail"


def test_what_an_element_around_it_hides_is_hidden() -> None:
    (*_, other) = draft(after="<div hidden><p>Fog</p></div>")

    assert other.context.hidden


@pytest.mark.parametrize("text", ["", "a", "aa", "abca", "bcabca", "caab"])
def test_the_extractors_text_holds_each_of_its_parts(text: str) -> None:
    """However it is cut for the search."""
    assert text in Taken("abcabcaabca")
    assert f"b{text}b" not in Taken("abcabcaabca")


def test_kinds_come_from_the_elements() -> None:
    after = (
        "<h2>h</h2><blockquote><p>q</p></blockquote><table><tr><td>c</table><figure><figcaption>f</figcaption></figure>"
    )

    assert [b.kind for b in draft(after=after)[4:]] == ["heading", "quote", "cell", "caption"]


def test_what_folds_out_a_text_is_its_heading() -> None:
    (heading, text) = draft(after="<details><summary>Who pays</summary><p>The miller does.</p></details>")[4:]

    assert (heading.kind, heading.context.tag, heading.context.inside.split()[:2]) == (
        "heading",
        "h3",
        ["h3", "details"],
    )
    assert (text.kind, text.context.tag) == ("paragraph", "p")


def test_a_paragraph_that_the_extractor_cut_in_two_is_a_seed() -> None:
    """It ends a line at each <br>; the page's blocks don't."""
    page = "<html><body><article><p>The ferry sailed.<br>The keeper slept.</p></article></body></html>"
    lines = (Line("paragraph", "The ferry sailed."), Line("paragraph", "The keeper slept."))

    assert [(b.text, b.seed) for b in seeded(read_blocks(parse(page).take_body_html()), lines)] == [
        ("The ferry sailed. The keeper slept.", True)
    ]


def kinds_of(cells: str) -> list[str]:
    page = f"<html><body><table><tr>{cells}</tr></table></body></html>"
    raw = read_blocks(parse(page).take_body_html())
    return [b.kind for b in seeded(raw, tuple(Line("cell", block.text) for block in raw.blocks))]


def test_a_cell_that_holds_a_paragraph_is_there_for_the_layout() -> None:
    """So are its short lines; the cells beside it may well be a table's."""
    assert kinds_of(f"<td>{BODY[0]}<br><br>He slept.</td><td>Fog</td><th>12</th>") == [
        "paragraph",
        "paragraph",
        "cell",
        "cell",
    ]


def test_a_cell_of_links_is_a_cell_however_long() -> None:
    assert kinds_of(f"<td><a href=/x>{BODY[0]}</a></td>") == ["cell"]
