"""How a rule of robots.txt matches a URL: wildcards, and one spelling for each path. Pure.

A rule's text comes with a character for each byte, as its file's encoding is anyone's guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_PATH = re.compile(r"(?://)?(?:[^/?;]*://)?[^/?;]*")  # scheme and host, with which a URL begins; both may lack
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986, 2.3
_TO_ESCAPE = re.compile(r"%(?![0-9A-F]{2})|[^A-Za-z0-9._~/%-]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """One path that is allowed or disallowed.

    Attributes:
        allow: which of the two.
        octets: by which the most specific rule wins.
        parts: the path in one spelling, cut at its wildcards.
        anchored: it ended in "$".
    """

    allow: bool
    octets: int
    parts: tuple[str, ...]
    anchored: bool

    def matches(self, target: str) -> bool:
        """Tell whether the path and query of a URL begin so (or are so, if anchored)."""
        first, *others = self.parts
        if not others:
            return target == first if self.anchored else target.startswith(first)
        if not target.startswith(first):
            return False
        at = len(first)
        for part in others[:-1]:  # where a part can stand, it stands best as far left as possible
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        last = others[-1]
        return target.endswith(last, at) if self.anchored else last in target[at:]


def target_of(url: str) -> str:
    """Give path and query of a URL, "/" at least; without a scheme, what looks like a host is taken for one."""
    target = _NOT_PATH.sub("", url.partition("#")[0], count=1)
    return target if target.startswith("/") else f"/{target}"


def make_rule(value: str, *, allow: bool) -> Rule:
    """Make a rule of the path that a line gives; `$` at its end and `*` anywhere are wildcards."""
    plain = _ESCAPE.sub(_unescape, value)
    octets = len(plain) + 2 * sum(c > "\x7f" for c in plain)  # a byte outside ASCII counts as its escape does
    path, question, query = plain.partition("?")
    plain = path + question + query.replace("%2F", "/")  # a slash in a query is one of its `spellings`
    anchored = plain.endswith("$")
    parts = plain.removesuffix("$").split("*")
    inner = [part for part in parts[1:-1] if part]  # "**" says no more than "*"
    return Rule(allow, octets, tuple(map(_spelt, (parts[0], *inner, *parts[1:][-1:]))), anchored)


def encodings(value: str) -> list[str]:
    """The bytes of a path, and what they would be in UTF-8 if they are Latin-1."""
    try:
        value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return [value, value.encode("utf-8").decode("latin-1")]
    return [value]


def spellings(target: str) -> set[str]:
    """Path and query in the spelling of `_spelt`; if the query has slashes, with these escaped and not as well.

    RFC 9309 has "?baz=http://foo.bar" match "?baz=http%3A%2F%2Ffoo.bar"; in a query a slash separates nothing.
    """
    path, question, query = target.encode("utf-8", "surrogatepass").decode("latin-1").partition("?")
    path, query = _spelt(path + question), _spelt(query)
    return {path + query, path + query.replace("%2F", "/"), path + query.replace("/", "%2F")}


def _spelt(path: str) -> str:
    """Give the one spelling by which paths are compared: all is escaped but letters, digits and `-._~/`.

    "%2F" stays different from "/", which servers may tell apart.
    """
    return _TO_ESCAPE.sub(lambda m: f"%{ord(m[0]):02X}", _ESCAPE.sub(_unescape, path))


def _unescape(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.match(character) else escape[0].upper()
