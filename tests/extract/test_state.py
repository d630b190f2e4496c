"""The article in a page's scripts is found in whatever form the data has, and nothing else is taken for one."""

from __future__ import annotations

import json
import time

import pytest

from newsclean.extract.document import parse
from newsclean.extract.state import join_pieces, read_state, sentence_chars

TITLE = "Heron stops the Wexley ferry"
STORY = [
    "A heron held up the Wexley ferry for two hours on Sunday by standing on the ramp and refusing to leave it.",
    'The skipper, Anselm Roe, offered it a herring, then two. "It looked at me as if I were the fish," he said.',
    "Forty passengers waited. Some of them sang, and a dentist from Holm passed round a tin of peppermints.",
    "At half past four the bird walked ashore of its own accord, looked back once and flew off up the river.",
    "The Wexley company has asked the council for a sign. The council has asked the company what it should say.",
    "The ferry sails again every hour, and the herring have been entered in the books as a toll, paid in advance.",
]
HTML = "".join(f"<p>{p}</p>" for p in STORY)
TEASERS = [
    {"title": f"Story {i}", "summary": f"Number {i} of the council's reports was late. Nobody minded it."}
    for i in range(60)
]


def page(*scripts: str, title: str = TITLE) -> str:
    body = "".join(s if s.startswith("<") else f"<script>{s}</script>" for s in scripts)
    return f"<html><head><title>{title}</title></head><body><div id=app></div>{body}</body></html>"


def found(*scripts: str, title: str = TITLE) -> list[str]:
    return list(read_state(parse(page(*scripts, title=title))))


def dumps(value: object) -> str:
    return json.dumps(value).replace("<", "\\u003c")


def elements(texts: list[str]) -> list[dict[str, str]]:
    return [{"type": "text", "content": text} for text in texts]


FORMS = {
    "next-data": f'<script type="application/json" id="__NEXT_DATA__">{dumps({"props": {"story": elements(STORY)}})}</script>',
    "assignment": f"window.__STATE__ = {dumps({'story': elements(STORY), 'more': TEASERS})};",
    "fusion": f"Fusion.globalContent={dumps({'content_elements': elements(STORY)})};Fusion.arcSite='x';",
    "parsed-text": f"window._preloads = JSON.parse({json.dumps(dumps({'post': elements(STORY)}))})",
    "unquoted-keys": "window.__S__={story:[" + ",".join(f"{{content: {json.dumps(t)}}}" for t in STORY) + "]}",
    "list-of-texts": f"draw({dumps({'kind': 'story', 'lines': STORY})})",
    "call": f"push({dumps([1, {'text': '|'.join(STORY)}])})".replace("|", "\\n"),
}


@pytest.mark.parametrize("script", FORMS.values(), ids=FORMS)
def test_the_paragraphs_are_found_in_whatever_form_the_data_has(script: str) -> None:
    assert "\n".join(found(script)).split("\n") == STORY


@pytest.mark.parametrize("cuts", [(5, 900), (40, 41), (200, 300)])
def test_a_stream_is_read_as_one_however_it_is_cut(cuts: tuple[int, int]) -> None:
    text = f"{HTML}<p>Über 90 Fahrgäste.</p>"
    rows = f'1:["$","div",null]\n2f:T{len(text.encode()):x},{text}30:["$","p",null,{{"lang":"en"}}]\n'
    parts = (rows[: cuts[0]], rows[cuts[0] : cuts[1]], rows[cuts[1] :])

    assert found(*(f"self.__next_f.push([1,{dumps(part)}])" for part in parts)) == [text]


def test_teasers_are_no_article() -> None:
    assert found(f"window.__STATE__ = {dumps({'stories': TEASERS})}") == []


def test_teasers_with_their_pictures_weigh_less_than_a_story() -> None:
    spread = [{**teaser, "image": {"sizes": list(range(250))}} for teaser in TEASERS]

    assert found(f"a={dumps({'stories': spread, 'lines': elements(STORY)})}", title="") == STORY


def test_a_story_that_the_title_does_not_tell_of_is_another() -> None:
    assert found(f"a={dumps({'story': elements(STORY)})}", title="Drains of Upper Norham to be counted again") == []


def test_the_story_that_the_title_tells_of_is_taken_though_another_is_longer() -> None:
    other = [
        f"Line {i} of a long report on drains. It was read aloud to the whole council on Monday." for i in range(40)
    ]
    scripts = (f"a={dumps({'story': elements(STORY)})}", f"b={dumps({'story': elements(other)})}")

    assert found(*scripts) == STORY
    assert found(*scripts, title="") == other


@pytest.mark.parametrize(
    "script",
    [
        f"var a = {dumps({'body': STORY[0], 'ids': list(range(300))})}",
        "function draw(a) { " + "if (a.b === 'x') { return \"The heron stops. \" + a; } " * 40 + "}",
        f'<script type="application/ld+json">{dumps({"articleBody": HTML})}</script>',
        "var style = " + json.dumps("Heron ferry. p { color: red } a { color: blue } " * 40),
    ],
    ids=["too-short", "code", "json-ld", "style"],
)
def test_what_is_no_article_is_left(script: str) -> None:
    assert found(script) == []


def test_a_repeated_text_is_taken_once() -> None:
    doubled = [{"text": t, "plain": {"text": t}} for t in STORY]

    assert found(f"a={dumps(doubled)}") == STORY


def test_pieces_of_a_line_are_joined() -> None:
    assert list(
        join_pieces(["He went to ", "Holm", ", and ", "stayed.", "<p>x</p>", "Then he left.", " At last."])
    ) == [
        "He went to Holm, and stayed.",
        "<p>x</p>",
        "Then he left. At last.",
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (STORY[0], True),
        ("The heron stood on the ramp and", False),
        ("Wexley " * 20, False),
        ("https://news.example/a/very/long/address/of/a/story/that/ends.here?with=a&query=and.more", False),
        ("鷺が渡し舟の乗り場に立ち、日曜日は二時間も船が出なかった。船長は鰊を差し出した。", True),
    ],
    ids=["sentence", "short", "no-end", "address", "japanese"],
)
def test_running_text_is_told_from_labels(text: str, counts: bool) -> None:
    assert (sentence_chars(text) > 0) is counts


HOSTILE = {
    "deep": "a=" + '{"a":[' * 200_000,
    "escapes": '"' + '\\"' * 500_000,
    "quotes": '"' * 500_000,
    "nested-text": json.dumps(json.dumps(json.dumps({"a": "The heron stops. " * 3_000}))) * 3,
    "many-texts": "a=" + dumps([{"content": f"{i} {STORY[0]}"} for i in range(8_000)]),
    "short-after-long": "a=" + dumps([{"a": " ".join(STORY) * 2_000 + "zq"}, *({"a": "zq"} for _ in range(50_000))]),
    "one-key": "a={" + '"b":"c",' * 150_000 + "}",
    "surrogates": "a=" + json.dumps({"content": "\ud800 " + " ".join(STORY)}),
    "stream": 'self.__next_f.push([1,"' + "1:Tffffff," * 50_000 + '"])',
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_hostile_scripts_are_read_in_bounded_time(script: str) -> None:
    document = parse(page(script))
    start = time.thread_time()

    read_state(document)

    assert time.thread_time() - start < 3
