"""The index lets every line through to every phrase that matches it: what it says is what trying all patterns says."""

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsclean.rules import SCOPES, Rules, all_phrases, compiled, fold, read_phrases, rules_for
from newsclean.rules.index import MAX_KNOWN_CHARS, Index
from newsclean.rules.keys import alike, keys_of, name_of, stored_keys

PHRASES = tuple(all_phrases())
EVERYTHING = rules_for("tlh")
FIXTURES = Path(__file__).parent.parent / "fixtures"
HITS = tuple(sorted({line for p in PHRASES for line in (*p.hits, *p.misses)}))
WORDS = st.sampled_from(sorted({word for line in HITS for word in line.split()}))


def lines_of_fixtures() -> list[str]:
    """The lines of all fixtures' articles, short enough to be matched."""
    lines = {line for file in FIXTURES.glob("*/*.txt") for line in file.read_text("utf-8").splitlines()}
    return sorted(line for line in lines if 0 < len(line) <= 300)


@cache
def matched(line: str) -> dict[str, str]:
    """For each scope the first phrase that the line matches, by trying all."""
    folded = fold(line)
    hits = [p for p in EVERYTHING.phrases if compiled(p).fullmatch(folded)]
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
    ("pattern", "begins", "holds"),
    [
        ("(?:share|tweet) this", {"share ", "tweet "}, set()),
        ("e-?mail", {"e-mail", "email"}, set()),
        (r".{1,90}\bnewsletters?", set(), {"newsletter"}),
        (r"(?:[^.]{1,9}\. )?(?:sign up|join us)", set(), {"sign up", "join us"}),
        (r"[0-9]{2} views", {f"{i}{j} vie" for i in range(10) for j in range(10)}, set()),
        (r"x{2,5}y", {"xx"}, set()),
        (r"(?!no)yes|.*@.*", {"yes"}, {"@"}),
        (r"\w+", {""}, set()),
    ],
    ids=[
        "choice",
        "optional",
        "anything-first",
        "optional-first",
        "digits",
        "repeated",
        "alternatives",
        "nothing-known",
    ],
)
def test_the_keys_of_a_pattern(pattern, begins, holds):
    keys = keys_of(pattern)
    assert (set(keys.begins), set(keys.holds)) == (begins, holds)


def test_a_pattern_without_a_key_is_tried_on_every_line():
    index = Index([("any", keys_of(r"\w+"))])
    assert index.candidates("Harbour") == ["any"]


def test_a_piece_is_found_inside_a_long_word_and_across_words():
    index = Index([("letter", keys_of(".*newsletter.*")), ("up", keys_of(".*sign up.*"))])
    assert index.candidates("x" * MAX_KNOWN_CHARS + "newsletters") == ["letter"]
    assert index.candidates("please design upwards") == ["up"]
    assert index.candidates("sign it up") == []


def test_the_stored_keys_are_those_of_packaged_patterns_and_of_nearly_all():
    """The command tools/index_rules.py brings them up to date."""
    names = {name_of(p.pattern) for p in PHRASES}
    assert {*stored_keys()} - names == set()
    assert len(stored_keys()) > 0.9 * len(names)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda p: p.rule)
def test_the_stored_keys_let_every_hit_through(phrase):
    begins, holds = stored_keys().get(name_of(phrase.pattern), [[""], []])
    lines = [alike(fold(hit)) for hit in phrase.hits]
    assert [x for x in lines if not x.startswith(tuple(begins)) and not any(piece in x for piece in holds)] == []


def test_a_callers_phrase_is_found_though_its_keys_are_not_stored():
    toml = (
        '[[phrase]]\nid = "a"\nscope = "line"\npattern = ".{0,9}tide table"\nhits = ["Tide table"]\nmisses = ["Tide"]'
    )
    rules = Rules(read_phrases(toml, "xx"))
    assert rules.match("line", "Our TIDE table")
    assert not rules.match("line", "Our tide")
