"""A plain text in, its words and separators out."""

from __future__ import annotations

import re

from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold

_TOKEN = re.compile(
    r"""
      \n | [ ]{2,}                         # element boundaries
    | ©[ ]?(?:\d{4})?                      # "© 2024 AFP"
    | [,;|•…()\[\]{}،、，；｜／] | :+(?!\S)      # signs
    | (?<!\S)[-–—~*]{1,3}(?!\S)            # a dash with spaces around it
    | /
    | (?:https?://|www\.)[^\s,;|]{1,300}   # an address keeps its signs
    | \d[^\s,;|()]*                        # so does a date: 03/05/2020, 9:27
    | (?:[^\s,;|•…()\[\]{}،、，；｜／/:·] | :(?=\S) | (?<=\w)·(?=\w) )+
    | \S
    """,
    re.VERBOSE,
)
_SUFFIX = re.compile(r"(?<=[^\W\d_])(?:\((s|in|innen|a|as|es|e|а|и)\)|[/*:_](in|innen|a)(?=:|\s*:))")
_SMALL, _CAPITAL = "a-zß-ÿĀ-žа-яё", "A-ZÀ-ÞĀ-ŽА-ЯЁ"
_GLUED = re.compile(
    rf"(?<=[{_SMALL}]{{3}})(?:(?P<word>[{_CAPITAL}][{_SMALL}]{{2,14}})(?![{_SMALL}])"
    r"|(?P<number>\d{1,2})(?= (?P<unit>[^\W\d_]{3,12})))"
)


def tokens_of(text: str) -> list[str]:
    """The words and separators of a plain text, in order."""
    apart = _GLUED.sub(_unglue, text)
    return [m.group().strip(" ") or "\n" for m in _TOKEN.finditer(_SUFFIX.sub(_join_suffix, apart))]


def _unglue(match: re.Match[str]) -> str:
    """`BellUpdated` -> Bell and Updated: two elements that only their style sets apart; `DeShawn` as it is."""
    known = vocabulary()
    if match["number"]:
        glued = fold(match["unit"]) in known.dates
    else:
        word, rest = fold(match["word"]), match.string[match.end() : match.end() + 2]
        glued = word in known.glued or (word in known.months and rest[:1] == " " and rest[1:].isdigit())
    return f"\n{match[0]}" if glued else match[0]


def _join_suffix(match: re.Match[str]) -> str:
    return str(match[1] or match[2])
