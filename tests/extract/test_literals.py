"""The strings of scripts: their keys, their escapes, and literals within literals."""

from __future__ import annotations

import json

import pytest

from newsclean.extract.document import parse
from newsclean.extract.literals import MIN_SCRIPT_CHARS, decoded, literals, read_scripts

LONG = "The heron stood on the ramp. " * 30


def pairs(script: str) -> list[tuple[str, str]]:
    return [(x.key, x.text) for x in literals(script)]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('{"a": "x", "b" : "y"}', [("", "a"), ("a", "x"), ("", "b"), ("b", "y")]),
        ('{a: "x", $b :"y"}', [("a", "x"), ("$b", "y")]),
        ('["x", "y"]', [("", "x"), ("", "y")]),
        ('f(a ? "x" : "y")', [("", "x"), ("x", "y")]),
        ("{'a': 'x'}", []),
        ('""', [("", "")]),
    ],
    ids=["json", "unquoted", "list", "condition", "single-quotes", "empty"],
)
def test_each_string_has_its_key(script: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(script) == expected


def test_json_within_a_string_is_read_instead_of_it() -> None:
    inner = json.dumps({"body": LONG})

    assert pairs(f"x = JSON.parse({json.dumps(inner)})") == [("", "body"), ("body", LONG)]


def test_where_a_string_stands_is_told() -> None:
    (literal,) = literals('x = "heron";')

    assert (literal.start, literal.end) == (4, 11)


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"a\nb \"c\" é", 'a\nb "c" é'),
        (r"it\'s \x41", "it's A"),
        (r"\u12", ""),
        ("a\tb", "a\tb"),
    ],
)
def test_a_literal_is_decoded_as_a_browser_would(literal: str, text: str) -> None:
    assert decoded(literal) == text


def test_a_lone_quotation_mark_spoils_no_more_than_its_line() -> None:
    script = 'x = \'"\'\ny = {"key": "value"}'

    assert pairs(script)[-1] == ("key", "value")


def scripts(*tags: str) -> list[str]:
    return [text for text in read_scripts(parse(f"<html><body>{''.join(tags)}</body></html>")) if text]


def test_scripts_too_short_for_an_article_and_json_ld_are_not_read() -> None:
    data = "x" * MIN_SCRIPT_CHARS

    assert scripts(
        "<script>a='short'</script>",
        f"<script>{data}</script>",
        f'<script type="application/ld+json">{data}</script>',
        f'<script type="application/json">{data}</script>',
    ) == [data, data]


def test_a_stream_comes_as_one_text_with_its_unquoted_texts_quoted() -> None:
    rows = ('1:["a","b"]', "\n2:T6,<p>é3", ':["c"]')

    assert scripts(*(f"<script>self.__next_f.push([1,{json.dumps(r)}])</script>" for r in rows)) == [
        '1:["a","b"]\n',
        '{"": "<p>é3"}',
        ':["c"]',
    ]
