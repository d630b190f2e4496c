"""Text as bylines hold it, to one plain form: what every other module here may rely on."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from newsclean.letters import STRAY_JOINERS

_TAG = re.compile(r" ?</?[a-zA-Z][^<>]{0,300}> ?")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|" + STRAY_JOINERS)
_LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]")
_CJK = re.compile("[\u4e00-\u9fff\u3040-\u30ff\uac00-\ud7a3々〆ヶ]")


def plain(text: str) -> str:
    r"""The text in NFC, without markup and invisible characters, with no other space than " " and "\n".

    Entities are resolved twice: feeds escape what was escaped.

    >>> plain("By&amp;nbsp;<b>Ann\u200b Bell</b>")
    'By Ann Bell'
    """
    if "&" not in text and "<" not in text and text.isprintable():  # nearly all; the rest takes ten times as long
        return unicodedata.normalize("NFC", text).strip()
    text = html.unescape(html.unescape(text))
    text = _SPACE.sub(" ", _LINE_BREAK.sub("\n", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", _TAG.sub(" ", text)).strip()


@lru_cache(maxsize=16384)  # asked of the same words again and again
def fold(word: str) -> str:
    """The word as the vocabularies hold it: case folded, one kind of apostrophe, no full stop or colon behind it."""
    return word.replace("’", "'").casefold().rstrip(".:：")


def is_cjk(char: str) -> bool:
    """Whether the character belongs to a script that writes Chinese, Japanese or Korean names."""
    return bool(_CJK.match(char))


def has_cjk(text: str) -> bool:
    """Whether one of its characters does."""
    return not text.isascii() and bool(_CJK.search(text))
