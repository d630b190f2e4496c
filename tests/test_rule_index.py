"""The index lets every line through to every phrase that matches it: what it says is what trying all patterns says."""

import re
import runpy
import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsclean.rules import Rules, all_phrases, fold, languages, load_phrases, read_phrases, rules_for
from newsclean.rules.index import Index
from newsclean.rules.keys import alike, keys_of
from newsclean.rules.phrases import SCOPES, Phrase, compiled
from newsclean.rules.reading import load_packaged

PHRASES = all_phrases()
EVERYTHING = rules_for("tlh")
TOOL = Path(__file__).parent.parent / "tools" / "index_rules.py"
FIXTURES = Path(__file__).parent.parent / "fixtures"
HITS = tuple(sorted({line for p in PHRASES for line in (*p.hits, *p.misses)}))
TOML = '[[phrase]]\nid = "a"\nscope = "line"\npattern = ".{0,9}tide table"\nhits = ["Tide table"]\nmisses = ["Tide"]'
WORDS = st.sampled_from(sorted({word for line in HITS for word in line.split()}))


def regex(phrase: Phrase) -> re.Pattern[str]:
    """All of a phrase's patterns as one: tried in half the time."""
    return compiled("|".join(pattern.text for pattern in phrase.patterns))


def lines_of_fixtures() -> list[str]:
    """The lines of all fixtures' articles, short enough to be matched."""
    lines = {line for file in FIXTURES.glob("*/*.txt") for line in file.read_text("utf-8").splitlines()}
    return sorted(line for line in lines if 0 < len(line) <= 300)


@cache
def matched(line: str) -> dict[str, str]:
    """For each scope the first phrase that the line matches, by trying all."""
    folded = fold(line)
    hits = [p for p in EVERYTHING.phrases if regex(p).fullmatch(folded)]
    return {p.scope: p.rule for p in reversed(hits)}


def found(line: str) -> dict[str, str]:
    """The same by the index."""
    matches = {scope: EVERYTHING.match(scope, line) for scope in SCOPES}
    return {scope: phrase.rule for scope, phrase in matches.items() if phrase}


def test_the_index_says_of_hits_and_misses_what_all_patterns_say():
    variants = [*HITS, *map(str.upper, HITS[::7]), *(f"» {line}…" for line in HITS[::9] if len(line) < 290)]
    assert [line for line in variants if found(line) != matched(line)] == []


def test_the_index_says_of_the_fixtures_lines_what_all_patterns_say():
    lines = lines_of_fixtures()
    assert len(lines) > 300
    assert [line for line in lines if found(line) != matched(line)] == []


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(WORDS, WORDS.map(str.upper), st.text(max_size=5)), max_size=12).map(" ".join))
@example("FOLLOW U\u017f ON TWITTER")
@example("\u0130N YOUR INBOX")
def test_the_index_says_of_any_line_what_all_patterns_say(line):
    assert found(line[:300]) == matched(line[:300])


def test_characters_that_a_pattern_takes_for_one_are_alike():
    """However Python's next version of Unicode pairs them."""
    cased = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if c.lower() != c or c.upper() != c)
    for char in cased:
        same = re.findall(re.escape(char), cased, re.IGNORECASE)
        assert {alike(c) for c in same} == {alike(char)}


@pytest.mark.parametrize(
    ("pattern", "begins", "holds", "shortest", "longest"),
    [
        ("(?:share|tweet) this", {"share ", "tweet "}, [{" this"}, {"share", "tweet"}], 10, 10),
        ("e-?mail", {"e-mail", "email"}, [{"mail"}], 5, 6),
        (r".{1,90}\bnewsletters?", {""}, [{"newsletter"}], 11, 101),
        (r"(?:[^.]{1,9}\. )?(?:sign up|join us)!", {""}, [{"!"}, {"sign up", "join us"}], 8, 19),
        (r"[0-9]{2} views", {f"{i}{j} vie" for i in range(10) for j in range(10)}, [{" views"}, {*"0123456789"}], 8, 8),
        (r"x{2,5}y", {"xx"}, [], 3, 6),
        (r"x+", {"x"}, [], 1, 300),
        (r"[-(]a?bc", {"(bc", "(abc"}, [{"bc"}], 3, 4),
        (r"\w+", {""}, [], 1, 300),
    ],
    ids=[
        *("choice", "optional", "anything-first", "optional-first", "digits", "repeated", "boundless"),
        *("decorated", "nothing-known"),
    ],
)
def test_the_key_of_a_pattern(pattern, begins, holds, shortest, longest):
    (key,) = keys_of(pattern)
    assert (set(key.begins), [*map(set, key.holds)], key.shortest, key.longest) == (begins, holds, shortest, longest)


def test_each_alternative_has_a_key():
    assert [(key.begins, key.holds) for key in keys_of(r"(?!no)yes|.*@.*")] == [
        (("yes",), (("yes",),)),
        (("",), (("@",),)),
    ]


def test_a_pattern_without_a_key_is_tried_on_every_line():
    index = Index([("any", keys_of(r"\w+"))])
    assert index.candidates("Harbour") == ["any"]


def test_a_piece_is_found_inside_a_long_word_and_across_words():
    index = Index([("letter", keys_of(".*newsletter.*")), ("up", keys_of(".*sign up.*"))])
    assert index.candidates("x" * 90 + "newsletters") == ["letter"]
    assert index.candidates("please design upwards") == ["up"]
    assert index.candidates("sign it up") == []


def test_a_line_that_begins_right_and_lacks_the_rest_is_no_candidate():
    index = Index([("ago", keys_of("[0-9]{1,2} (?:minutes|hours) ago"))])
    assert index.candidates("12 hours ago") == ["ago"]
    assert index.candidates("12 hours at sea") == []
    assert index.candidates("12 hours and more ago") == []


def test_nested_repeats_cost_no_more_for_each_level():
    pattern = "tide a?"
    for _ in range(9):
        pattern = f"(?:{pattern}){{6}}"
    start = time.process_time()
    keys_of(pattern)
    assert time.process_time() - start < 0.5  # it was seven times as much for each, 21 s with seven


@pytest.mark.parametrize("language", languages())
def test_the_packed_phrases_are_those_of_the_file(language):
    """The command tools/index_rules.py brings them up to date."""
    own = [replace(p, hits=(), misses=()) for p in PHRASES if p.language == language]
    assert load_phrases("lang", language) == tuple(own)


def test_the_command_packs_languages_and_sites_and_tells_which_files_it_wrote(tmp_path):
    written = runpy.run_path(str(TOOL))["written"]
    for folder, name in (("lang", "xx"), ("site", "mill.example"), ("site", "weir.example")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.toml").write_text(TOML)

    assert written(tmp_path) == ["wrote lang/xx.json", "wrote site/mill.example.json", "wrote site/weir.example.json"]
    assert written(tmp_path) == []
    (tmp_path / "lang" / "xx.toml").write_text(TOML.replace("table", "tables"))
    assert written(tmp_path) == ["wrote lang/xx.json"]


@pytest.mark.parametrize(
    "packed",
    ['{"of": "another", "phrases": []}', "{", '{"a": 1}', "[]", None],
    ids=["stale", "cut", "foreign", "list", "none"],
)
def test_a_file_that_is_not_packed_is_read_itself(tmp_path, packed):
    (tmp_path / "xx.toml").write_text(TOML)
    if packed:
        (tmp_path / "xx.json").write_text(packed)
    (phrase,) = load_packaged(tmp_path, "xx")
    assert (phrase.rule, phrase.hits) == ("xx/a", ("Tide table",))


def test_a_callers_phrase_is_found():
    rules = Rules(read_phrases(TOML, "xx"))
    assert rules.match("line", "Our TIDE table")
    assert not rules.match("line", "Our tide")
