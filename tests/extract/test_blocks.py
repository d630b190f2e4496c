"""The blocks of a page: what one block is, and where it stood."""

from __future__ import annotations

import time

import pytest

from newsclean.extract.blocks import TAG, RawBlock, marks, read_blocks, split_tags
from newsclean.extract.document import parse


def blocks(body: str) -> list[RawBlock]:
    return read_blocks(parse(f"<html><body>{body}</body></html>").take_body_html()).blocks


def texts(body: str) -> list[str]:
    return [b.text for b in blocks(body)]


LONG = "The mill at Holm turned all night, and the miller slept on the sacks until five."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>The mill turns.</p><p>It rains.</p>", ["The mill turns.", "It rains."]),
        ("<div>Loose <b>text</b><p>a paragraph</p>more</div>", ["Loose text", "a paragraph", "more"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>one<br>line</p>", ["one line"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<p>one<br> <br/>\ntwo</p>", ["one", "two"]),
        ("<div>one<br>two</div>", ["one", "two"]),
        ("<p>A &lt;b&gt; is no tag &amp; 3 &gt; 2</p>", ["A <b> is no tag & 3 > 2"]),
        ("<p title='a > b < c'>text</p>", ["text"]),
        ("<p>before<!-- a > b < c -->after</p>", ["beforeafter"]),
        ("<p>a\u00a0 b\n c</p>", ["a b c"]),
        ("<p>word<script>'<p>no</p>'</script>s</p>", ["words"]),
        ("<p>Hafen<wbr>amt<wbr/></p>", ["Hafenamt"]),
        ("<h2>Head</h2>tail", ["Head", "tail"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<p> </p><div></div>", []),
        ("", []),
    ],
)
def test_a_page_is_cut_into_blocks_at_block_level_elements(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize("tag", ["p", "blockquote"])
def test_one_break_after_a_whole_paragraph_ends_a_block(tag: str) -> None:
    assert texts(f"<{tag}>{LONG}<br>Then it rained.</{tag}>") == [LONG, "Then it rained."]


@pytest.mark.parametrize(
    ("before", "joined"),
    [
        (LONG.removesuffix("."), True),
        ("The mill turned.", True),
        ("水車小屋の主人は朝五時まで粉袋の上で眠り、村の誰もそれを起こそうとはしなかった。", False),
        ("水車小屋の主人は眠った。", True),
    ],
    ids=["no-final-mark", "short", "japanese", "short-japanese"],
)
def test_one_break_in_a_paragraph_is_a_space_unless_a_paragraph_ends_there(before: str, joined: bool) -> None:
    after = "and so on"

    assert texts(f"<p>{before}<br>{after}</p>") == ([f"{before} {after}"] if joined else [before, after])


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("<strong>Do you sleep?</strong><br>On flour.", ["Do you sleep?", "On flour."]),
        ("<b>Do you</b> <b>sleep?</b><br>On flour.", ["Do you sleep?", "On flour."]),
        ("He <strong>sleeps</strong><br>on flour.", ["He sleeps on flour."]),
        ("<b>He sleeps.<br>On flour.</b>", ["He sleeps. On flour."]),
        (f"<b>The mill</b><br>{LONG}", ["The mill", LONG]),
        ("<b>The mill</b><br>Ada Moe sleeps.", ["The mill Ada Moe sleeps."]),
        (f"<b>The mill</b><br>and {LONG}", [f"The mill and {LONG}"]),
        (f"<b>The mill</b><br><b>{LONG}</b>", [f"The mill {LONG}"]),
        ("<b>Ada Moe,</b><br><b>the miller,</b> sleeps.", ["Ada Moe, the miller, sleeps."]),
    ],
    ids=["question", "in-two-parts", "bold-word", "all-in-bold", "heading", "short", "goes-on", "bold-text", "comma"],
)
def test_one_break_after_bold_text_ends_a_block(paragraph: str, expected: list[str]) -> None:
    assert texts(f"<p>{paragraph}</p>") == expected


@pytest.mark.parametrize("end", [".“", ".)", "!’", ".›", ":", "۔", "؟"])
def test_what_closes_a_sentence_may_stand_behind_its_mark(end: str) -> None:
    first = LONG.rstrip(".") + end

    assert texts(f"<p>{first}<br>and so on</p>") == [first, "and so on"]


def test_a_space_between_two_breaks_is_nothing() -> None:
    assert texts("<p>The mill<br>&nbsp;<br>turned</p>") == ["The mill", "turned"]


def test_one_break_in_a_list_item_is_a_space() -> None:
    assert texts(f"<ul><li>{LONG}<br>and so on</ul>") == [f"{LONG} and so on"]


def test_blank_lines_part_preformatted_paragraphs_and_line_ends_are_spaces() -> None:
    text = "The mill\nturned.\n\nIt rained.\n \t\n\nThe <b>miller\n\nslept</b>."

    assert texts(f"<pre>\n{text}\n\n</pre>") == ["The mill turned.", "It rained.", "The miller", "slept."]


def test_blank_lines_elsewhere_part_nothing() -> None:
    assert texts("<p>The mill\n\nturned.</p>") == ["The mill turned."]


def test_a_page_without_a_body_has_no_blocks() -> None:
    assert read_blocks(parse("<html><frameset><frame src=a></frameset></html>").take_body_html()).blocks == []


def test_characters_in_links_bold_and_italics_are_counted() -> None:
    (block,) = blocks("<p><a href=/x>Read</a> the <b>whole</b> <i>story</i></p>")

    assert (block.links, block.linked, block.strong, block.emphasis) == (1, 4, 5, 5)
    assert block.link_first


def test_a_link_in_the_middle_is_not_first() -> None:
    (block,) = blocks("<p>The <a href=/x>mill</a> turns</p>")

    assert not block.link_first
    assert block.links == 1


def test_the_class_words_and_the_hidden_state_of_the_elements_are_kept() -> None:
    (block,) = blocks('<div id="Rail" class="Teaser Box" style="display: none"><p class=lead>x</p></div>')

    assert block.node.words == "lead"
    assert block.node.parent is not None
    assert block.node.parent.words == "rail teaser box"
    assert block.node.hidden


@pytest.mark.parametrize(
    "html",
    [
        '<p class="x""<br>One weir.</p><p>Two weirs.</p>',
        '<div x"<y>One weir.</div><p>Two weirs.</p>',
        "<noembed>1<2</noembed><p>One weir.</p><p>Two weirs.</p>",
        "<noframes>1<2</noframes><p>One weir.</p><p>Two weirs.</p>",
        "<br<br>One weir.<p>Two weirs.</p>",
        "<p<strong>One weir.<p>Two weirs.</p>",
    ],
    ids="after-a-value in-a-name noembed noframes doubled-tag tag-in-tag".split(),
)
def test_a_stray_sign_puts_no_markup_into_texts(html: str) -> None:
    assert [b.text for b in read_blocks(parse(f"<body>{html}</body>").take_body_html()).blocks] == [
        "One weir.",
        "Two weirs.",
    ]


def test_signs_in_attributes_are_no_tags() -> None:
    html = '<div x-init="top > 0" title="a <b> c"><p data-a="x=1>2">One weir.</p><p onclick="a<b">Two weirs.</p></div>'

    assert [b.text for b in read_blocks(html).blocks] == ["One weir.", "Two weirs."]


@pytest.mark.parametrize(
    "html",
    [
        '<div title="a"><p>One weir "of oak".</p><br></div>',
        '<div title="top > 0">One</div>',
        '<div title="> x <">One</div>',
        '<div title="a <b> c" class="d">One</div>',
        '<div title="" a<b="">One weir</div>',
        '<a href="/x?id=a=">One</a>',
        '<p title=">">One</p>',
        '<p class="x" "<br="">渡船</p><p>One</p>',
        '<div x"<y="">foo</div>',
        "<br<br>渡船0号は<p>bar</p></br<br>",
        "<p<p>foo</p<p><p>bar</p>",
        "<p>foo</p><noembed>1<2</noembed><p>bar</p>",
    ],
    ids=(
        "plain sign signs-in-turn tag in-name equals-sign first sign-in-name no-space name-of-two twice unescaped"
    ).split(),
)
def test_tags_are_cut_as_the_pattern_cuts_them(html: str) -> None:
    assert split_tags(html) == TAG.split(html)


@pytest.mark.parametrize(
    ("attributes", "words", "hidden"),
    [
        ('class="Story Lead" id="m1"', "story lead m1", False),
        ('data-id="7" role="main" href="/x"', "7 main", False),
        ('width="7" title="class=x"', "", False),
        (f'class="{"x" * 301}" id="m"', "m", False),
        ('class="y" hidden=""', "y", True),
        ('style="display:none" class="y"', "y", True),
        (f'data-a="{"x" * 2000}" aria-hidden="true" id="m"', "m", True),
        ('class="unhidden none"', "unhidden none", False),
        ('class="overflow-x-hidden a"', "overflow-x-hidden a", False),
        ('class="a hidden md:block"', "a hidden md:block", False),
        ('aria-hidden="false"', "", False),
        ('title="a" b",="" data-id="7" x_id="8" itemprop="body"', "7 body", False),
        ('data-class="eA==" id="m" role="="', "ea== m =", False),
    ],
    ids=[
        "class-and-id",
        "of-data",
        "others",
        "too-long",
        "hidden",
        "style",
        "data",
        "words-only",
        "hides-overflow",
        "hides-somewhere",
        "not-hidden",
        "quote-in-name",
        "equals-sign",
    ],
)
def test_the_marks_of_a_tag_are_what_its_element_is_for(attributes: str, words: str, hidden: bool) -> None:
    assert marks(attributes) == (words, words.split(" ", maxsplit=1)[0], hidden)


def test_the_first_and_the_last_tag_of_an_element_are_known() -> None:
    page = read_blocks("<body><ul><li>One</li></ul><hr><p>Two</p></body>")

    assert [(n.tag, page.tokens[n.first], page.tokens[n.last]) for n in page.nodes] == [
        ("body", "body", "/body"),
        ("ul", "ul", "/ul"),
        ("li", "li", "/li"),
        ("p", "p", "/p"),
    ]


def test_an_end_without_a_beginning_ends_nothing() -> None:
    assert [b.node.tag for b in read_blocks("<div></p>One</div>").blocks] == ["div"]


@pytest.mark.parametrize("open_at", [0, 1, 3])
def test_a_link_that_nobody_closed_links_only_to_where_its_paragraph_ends(open_at: int) -> None:
    """A parser begins it again in each element that follows, up to the next link."""
    paragraphs = [f"<p>{LONG}</p>"] * 8
    paragraphs[open_at] = f"<p>{LONG} <a href=/x>More of it. {LONG}</p>"

    linked = [b.linked > 0 for b in blocks("".join(paragraphs))]

    assert linked == [i == open_at for i in range(8)]


@pytest.mark.parametrize(
    "body",
    [
        f"<a href=/x><h3>{LONG}</h3><p>{LONG}</p><time>May 3</time></a>",
        "".join(f"<p><a href=/{i}>{LONG}</a></p>" for i in range(5)),
        "<a href=/x>" + "<p>Short line</p>" * 5 + "</a>",
    ],
    ids=["card", "teasers", "short-lines"],
)
def test_what_is_closed_stays_a_link(body: str) -> None:
    assert all(b.linked == len(b.text) for b in blocks(body))


def test_the_time_of_many_line_breaks_in_one_paragraph_grows_with_their_number() -> None:
    lines = "<b>The mill </b>turned on<br>" * 20_000

    start = time.process_time()
    assert len(texts(f"<p>{lines}</p>")) == 1
    assert time.process_time() - start < 3.0  # .2 s; 12 s if each break reads again what stands before it


def test_signs_between_line_breaks_take_linear_time() -> None:
    start = time.thread_time()

    read_blocks(parse(f"<p>{'<br>)' * 20_000}</p>").take_body_html())

    assert time.thread_time() - start < 2
