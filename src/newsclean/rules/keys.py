"""What a line must have for a pattern to match it: how it may begin, or pieces of which it holds one.

Read from the tree that Python's own parser of regular expressions makes; a node that is not known here stands for any
text, so a key may let too many lines through and never too few. tests/test_rule_keys.py holds that against thousands
of lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import prod
from re import _parser  # type: ignore[attr-defined]  # untyped; there since 3.11, as sre_parse before
from typing import Any

MAX_BEGINNING = 6  # characters; 4 let half as many lines more through
MAX_BEGINNINGS = 120  # of one alternative; with more, shorter ones are taken
MAX_CHOICE = 14  # characters of a set that count one by one: "[0-9]" does, "[a-z]" stands for any
# How often a character stands at a given place, roughly: a letter, a sign of Chinese or Japanese, any other sign
LETTER, IDEOGRAPH, MARK = 1 / 20, 1 / 200, 1 / 2000
FREQUENT = " .,'-\""  # as frequent as letters
PLACES = 100  # where a piece can stand in a line
LIKELY = 0.02  # a key that more lines have than this is worth a better one
# What Python's regular expressions take for one letter, whatever its case, beyond what str.lower does.
ALIKE = str.maketrans(
    "\u0130\u0131\u017f\u00b5\u0345\u1fbe\u1fd3\u1fe3\u03d0\u03f5\u03d1\u03f0\u03d6\u03f1"
    "\u03c2\u03a3\u03d5\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88\u1e9b\ufb05",
    "\u0069\u0069\u0073\u03bc\u03b9\u03b9\u0390\u03b0\u03b2\u03b5\u03b8\u03ba\u03c0\u03c1"
    "\u03c3\u03c3\u03c6\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463\ua64b\u1e61\ufb06",
)
ODD = re.compile(f"[{''.join(map(chr, ALIKE))}]")  # to look for them costs a quarter of str.translate

Node = tuple[Any, Any]
Beginning = tuple[str, bool]  # the characters, and whether what follows in the pattern follows them at once


@dataclass(frozen=True, slots=True)
class Keys:
    """A line that the pattern matches begins with one of `begins` or holds one of `holds`; all characters `alike`."""

    begins: frozenset[str]
    holds: frozenset[str]


def alike(text: str) -> str:
    """The text with equal characters where a pattern that disregards case takes them for equal, one for each.

    >>> alike("Straße İSTANBUL")
    'straße istanbul'
    """
    return text.translate(ALIKE).lower() if ODD.search(text) else text.lower()


def known_keys(pattern: str) -> Keys:
    """The keys of a pattern, from keys.json if tools/index_rules.py has put them there: 0.2 s less for English.

    Raises:
        re.error: it is no regular expression.
    """
    stored = stored_keys().get(name_of(pattern))
    return Keys(frozenset(stored[0]), frozenset(stored[1])) if stored else keys_of(pattern)


@cache
def stored_keys() -> dict[str, list[list[str]]]:
    """What keys.json holds: for the name of a pattern how lines that it matches begin, and what they hold."""
    stored: dict[str, list[list[str]]] = json.loads((files(__package__) / "keys.json").read_text("utf-8"))
    return stored


def name_of(pattern: str) -> str:
    """The first 64 bits of the pattern's SHA-256, in hex: a pattern that was changed has another name."""
    return sha256(pattern.encode()).hexdigest()[:16]


def keys_of(pattern: str) -> Keys:
    """The keys of a pattern that disregards case and is to match a whole line.

    >>> keys_of("share this"), keys_of(".{1,90} newsletters?")
    (Keys(begins=frozenset({'share '}), holds=frozenset()), Keys(begins=frozenset(), holds=frozenset({' newsletter'})))

    Raises:
        re.error: it is no regular expression.
    """
    begins: set[str] = set()
    holds: set[str] = set()
    for alternative in alternatives(list(_parser.parse(pattern, re.IGNORECASE))):
        found = beginnings(alternative)
        pieces = best_pieces(alternative)
        if likelihood(found) > LIKELY and pieces and PLACES * likelihood(pieces) < likelihood(found):
            holds |= pieces
        else:
            begins |= found
    return Keys(frozenset(begins), frozenset(holds))


def alternatives(nodes: list[Node]) -> Iterable[list[Node]]:
    """The alternatives of the whole pattern; the parser puts what they begin with in common before them."""
    if nodes and str(nodes[-1][0]) == "BRANCH":
        for branch in nodes[-1][1][1]:
            yield from alternatives(nodes[:-1] + list(branch))
    else:
        yield nodes


def likelihood(texts: Iterable[str]) -> float:
    """How likely one of the texts stands at a given place, at a guess."""
    return sum(prod(map(chance, text)) for text in texts)


def chance(char: str) -> float:
    """The same for one character."""
    if char >= "\u3000":
        return IDEOGRAPH
    return LETTER if char.isalpha() or char in FREQUENT else MARK


def beginnings(nodes: Sequence[Node]) -> set[str]:
    """Texts of which each match begins with one."""
    found = {text for text, _ in begin(nodes)}
    return {t for t in found if not any(t[:i] in found for i in range(len(t)))}


def begin(nodes: Iterable[Node]) -> set[Beginning]:
    """How the nodes in a row can begin."""
    found: set[Beginning] = {("", True)}
    for node in nodes:
        tails = begin_of(*node)
        grown = {joined(head, tail) for head in found for tail in tails}
        if len(grown) > MAX_BEGINNINGS:
            return cut(found)
        found = grown
        if not any(goes_on for _, goes_on in found):
            break
    return found


def begin_of(kind: object, value: Any) -> set[Beginning]:  # noqa: PLR0911 - one case a kind
    """How one node can begin."""
    match str(kind):
        case "LITERAL":
            return {(alike(chr(value)), True)}
        case "IN":
            chars = chosen(value)
            return {(c, True) for c in chars} if chars else {("", False)}
        case "BRANCH":
            return {b for branch in value[1] for b in begin(branch)}
        case "SUBPATTERN":
            return begin(value[3])
        case "ATOMIC_GROUP":
            return begin(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, nodes = value
            once = max(least, 1)
            found = begin(list(nodes) * min(once, MAX_BEGINNING))
            found = cut(found) if most > once or once > MAX_BEGINNING else found
            return found | {("", True)} if least == 0 else found
        case "AT" | "ASSERT" | "ASSERT_NOT":  # takes no character
            return {("", True)}
        case _:
            return {("", False)}


def joined(head: Beginning, tail: Beginning) -> Beginning:
    """A beginning, with how the next node begins behind it."""
    text, goes_on = head
    if not goes_on:
        return head
    both = (text + tail[0])[:MAX_BEGINNING]
    return both, tail[1] and len(both) < MAX_BEGINNING


def cut(found: Iterable[Beginning]) -> set[Beginning]:
    """The beginnings, with what follows unknown."""
    return {(text, False) for text, _ in found}


def chosen(members: Iterable[Node]) -> set[str]:
    """The characters of a set, if they are few and known; else none."""
    chars: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            chars.add(alike(chr(value)))
        elif str(kind) == "RANGE" and value[1] - value[0] < MAX_CHOICE:
            chars |= {alike(chr(c)) for c in range(value[0], value[1] + 1)}
        else:
            return set()
    return chars if len(chars) <= MAX_CHOICE else set()


def best_pieces(nodes: Iterable[Node]) -> set[str]:
    """Texts of which each match holds at least one, the rarest that are known; none if nothing is known."""
    found: list[set[str]] = []
    run = ""
    for kind, value in [*nodes, (None, None)]:
        if str(kind) == "LITERAL":
            run += alike(chr(value))
            continue
        if run:
            found.append({run})
            run = ""
        if pieces := pieces_of(kind, value):
            found.append(pieces)
    return min(found, key=likelihood, default=set())


def pieces_of(kind: object, value: Any) -> set[str]:
    """The same of one node that is no single character."""
    match str(kind):
        case "IN":
            return chosen(value)
        case "BRANCH":
            branches = [best_pieces(branch) for branch in value[1]]
            return set().union(*branches) if all(branches) else set()
        case "SUBPATTERN":
            return best_pieces(value[3])
        case "ATOMIC_GROUP":
            return best_pieces(value)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return best_pieces(value[2]) if value[0] else set()
        case _:
            return set()
