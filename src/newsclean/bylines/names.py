"""Names of people, told from other words; what repairs the case of their letters is in case.py."""

from __future__ import annotations

from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold, has_cjk, is_cjk

MAX_TOKENS = 6
_MAX_DAMAGED_TOKENS = 3  # more words in small letters are a sentence
_MAX_CASELESS_TOKENS = 4  # of a script without capitals, where more words are a sentence
_MAX_CHARS = 80
_MARKS = "'’.-‐"


def is_name(text: str, *, damaged: bool = False) -> bool:
    """Whether the text can be a person's name: one to six capitalised words and particles, and none that no name has.

    Args:
        text: plain text.
        damaged: its case is not to be trusted (`DAvid brunnstrom`): lower-case words may be names.

    >>> is_name("Kees van der Molen"), is_name("Share this article"), is_name("沢村大地")
    (True, False, True)
    """
    if has_cjk(text):
        return is_cjk_name(text)
    tokens = text.split()
    if not 1 <= len(tokens) <= MAX_TOKENS or not 2 <= len(text) <= _MAX_CHARS:
        return False
    folded = [fold(t) for t in tokens]
    damaged = damaged and len(tokens) <= _MAX_DAMAGED_TOKENS
    if len(tokens) > _MAX_CASELESS_TOKENS and not any(c.isupper() for c in text):
        return False
    return (
        _may_be_words_of_a_name(folded)
        and _may_stand_at_the_ends(tokens, folded)
        and all(_is_name_token(t, damaged) for t in tokens)
    )


def _may_be_words_of_a_name(folded: list[str]) -> bool:
    words = vocabulary()
    core = [f for f in folded if f not in words.particles]
    if any(f in words.never or f.endswith("'s") for f in core) or folded[0] in words.weekdays:
        return False
    return len(core) == 1 or (len(core) > 1 and core[0] != core[-1])  # "Haus zu Haus"


def _may_stand_at_the_ends(tokens: list[str], folded: list[str]) -> bool:
    """A name ends in no particle (`Ann van`); with one in front it is a full name (`de La Tour`, not `der Front`)."""
    particles = vocabulary().particles
    core = [f for f in folded if f not in particles]
    starts = folded[0] not in particles or not tokens[0].islower() or len(core) > 1
    return starts and (folded[-1] not in particles or not tokens[-1].islower())


def _is_name_token(token: str, damaged: bool) -> bool:
    letters = token.strip(_MARKS)
    if (
        not letters
        or ".." in token
        or token[-1] in "-‐"
        or not all(c.isalpha() or c in _MARKS or _is_sign(c) for c in token)
    ):
        return False
    words = vocabulary()
    if not letters[0].islower() or fold(letters) in words.particles:
        return True
    head, tail = split_prefix(letters)
    if tail and not tail[0].islower() and fold(head) in words.prefixes:
        return True
    return damaged and len(letters) > 2 and fold(letters) not in words.doubtful


def _is_sign(char: str) -> bool:
    """Vowel signs of Arabic, Devanagari, Thai and their kin, and combining marks, which are no letters."""
    return "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u0652" or "\u0900" <= char <= "\u0eff"


def split_prefix(token: str) -> tuple[str, str]:
    """`al-Rashid` -> al, Rashid; `d'Arc` -> d, Arc; `Bell` -> Bell and nothing."""
    for mark in "'’-":
        head, found, tail = token.partition(mark)
        if found:
            return head, tail
    return token, ""


def is_cjk_name(text: str) -> bool:
    """Whether it can be a Chinese, Japanese or Korean name: 2-4 Han, 2-5 Hangul, up to 12 with kana or dots."""
    bare = "".join(c for c in text if c not in "·・ ")
    if not bare or not all(is_cjk(c) or c == "ー" for c in bare):
        return False
    if all("\uac00" <= c <= "\ud7a3" for c in bare):
        return 2 <= len(bare) <= 5
    if any("\u3040" <= c <= "\u30ff" for c in bare):
        return 3 <= len(bare) <= 12
    return 2 <= len(bare) <= (12 if bare != text else 4)
