"""What a folded line must have for a pattern to match it: how it may begin, what it holds, and how long it is.

Read from the tree that Python's own parser of regular expressions makes; a node that is not known here stands for any
text, so a key may let too many lines through and never too few. tests/test_rule_index.py holds that against thousands
of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from re import _parser  # type: ignore[attr-defined]  # untyped; there since 3.11, as sre_parse before
from typing import Any

MAX_LINE_CHARS = 300  # longer lines are never matched: bounds the time of every pattern
DECORATION = " \t>»›→▶►▸•·|–—-:…*#=+<«‹←▼▲✉■▪●◆"  # with these a folded line neither begins nor ends
MAX_BEGINNING = 6  # characters; 4 let half as many lines more through
MAX_BEGINNINGS = 300  # of one alternative; with more, shorter ones are taken
MAX_CHOICE = 14  # characters of a set that count one by one: "[0-9]" does, "[a-z]" stands for any
# How often a character stands at a given place, roughly: a letter, a sign of Chinese or Japanese, any other sign
LETTER, IDEOGRAPH, MARK = 1 / 20, 1 / 200, 1 / 2000
FREQUENT = " .,'-\""  # as frequent as letters
PLACES = 100  # where a piece can stand in a line
COMMON = 1  # pieces of which a line has as many, by that reckoning, tell nothing
MAX_GROUPS = 2  # of pieces, of one alternative; a third rules out hardly anything more
LIKELY = 0.02  # beginnings that more lines have than this are worth less than pieces
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
class Key:
    """What each line has that matches one alternative of a pattern; all characters `alike`.

    Attributes:
        begins: it begins with one of these; ("",) if nothing is known.
        holds: of each of these groups it holds one; the smallest first.
        shortest, longest: characters.
    """

    begins: tuple[str, ...]
    holds: tuple[tuple[str, ...], ...]
    shortest: int
    longest: int

    def fits(self, line: str) -> bool:
        """Whether a line, `alike`, can match."""
        if not self.shortest <= len(line) <= self.longest or not line.startswith(self.begins):
            return False
        return all(any(piece in line for piece in pieces) for pieces in self.holds)


def alike(text: str) -> str:
    """The text with equal characters where a pattern that disregards case takes them for equal, one for each.

    >>> alike("Straße İSTANBUL")
    'straße istanbul'
    """
    return text.translate(ALIKE).lower() if not text.isascii() and ODD.search(text) else text.lower()


def keys_of(pattern: str) -> tuple[Key, ...]:
    """A key for each alternative of a pattern that disregards case and is to match a whole line.

    >>> keys_of("share this|.{1,90} newsletters?")  # doctest: +NORMALIZE_WHITESPACE
    (Key(begins=('share ',), holds=(('share this',),), shortest=10, longest=10),
     Key(begins=('',), holds=((' newsletter',),), shortest=12, longest=102))

    Raises:
        re.error: it is no regular expression.
    """
    tree = _parser.parse(pattern, re.IGNORECASE)
    return tuple(key_of(nodes, *_parser.SubPattern(tree.state, nodes).getwidth()) for nodes in alternatives(list(tree)))


def key_of(nodes: list[Node], shortest: int, longest: int) -> Key:
    """The key of one alternative."""
    begins = beginnings(nodes)
    groups = sorted((PLACES * likelihood(pieces), sorted(pieces)) for pieces in all_pieces(nodes))[:MAX_GROUPS]
    groups = [(expected, pieces) for expected, pieces in groups if expected < COMMON]
    if groups and LIKELY < likelihood(begins) > groups[0][0]:
        begins = {""}
    holds = sorted((shortest_of(pieces) for _, pieces in groups), key=len)
    return Key(tuple(sorted(begins)), tuple(holds), shortest, min(longest, MAX_LINE_CHARS))


def shortest_of(pieces: list[str]) -> tuple[str, ...]:
    """The pieces without those that hold another one."""
    return tuple(p for p in pieces if not any(other in p for other in pieces if other != p))


def alternatives(nodes: list[Node]) -> Iterable[list[Node]]:
    """The alternatives of the whole pattern; the parser puts what they begin with in common before them."""
    if nodes and str(nodes[-1][0]) == "BRANCH":
        for branch in nodes[-1][1][1]:
            yield from alternatives(nodes[:-1] + list(branch))
    else:
        yield nodes


def likelihood(texts: Iterable[str]) -> float:
    """How likely one of the texts stands at a given place, at a guess."""
    return sum(prod(map(chance, text)) for text in sorted(texts))  # so the sum is the same in each process


def chance(char: str) -> float:
    """The same for one character."""
    if char >= "\u3000":
        return IDEOGRAPH
    return LETTER if char.isalpha() or char in FREQUENT else MARK


def beginnings(nodes: Sequence[Node]) -> set[str]:
    """Texts of which each match begins with one."""
    found = {text for text, _ in begin(nodes) if not text or text[0] not in DECORATION}
    return {t for t in found if not any(t[:i] in found for i in range(len(t)))}


def begin(nodes: Iterable[Node]) -> set[Beginning]:
    """How the nodes in a row can begin."""
    return in_row(begin_of(*node) for node in nodes)


def in_row(parts: Iterable[set[Beginning]]) -> set[Beginning]:
    """How what has these parts can begin, each told by how it can begin itself."""
    found: set[Beginning] = {("", True)}
    for tails in parts:
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
            found = in_row([begin(nodes)] * min(once, MAX_BEGINNING))
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
    return min(all_pieces(nodes), key=likelihood, default=set())


def all_pieces(nodes: Iterable[Node]) -> list[set[str]]:
    """Groups of texts; each match holds at least one of each group."""
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
    return found


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
