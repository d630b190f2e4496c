"""Two or three capitalised words of which no vocabulary knows one: they can be nothing else than a name."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

from newsclean.bylines.agencies import agency_forms
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold

_MAX_LETTERS = 20  # of a word


def is_unknown_name(words: list[str]) -> bool:
    """Whether the words are such a name, so that no reader has to be asked what else they are.

    >>> is_unknown_name(["Ann", "Bellweather"]), is_unknown_name(["Staff", "Writer"])
    (True, False)
    """
    if not 2 <= len(words) <= 3 or fold(words[0]) == fold(words[-1]):
        return False
    known, job_ends = known_words(), vocabulary().job_ends
    for word in words:
        if len(word) > _MAX_LETTERS or not word.isalpha() or not word[0].isupper() or not word[1:].islower():
            return False
        folded = fold(word)
        if folded in known or folded.endswith(job_ends):
            return False
    return True


@cache
def known_words() -> frozenset[str]:
    """Every word of every phrase that the vocabulary and the list of agencies have, folded."""
    words = vocabulary()
    phrases = [phrase for field in fields(words) for phrase in getattr(words, field.name)]
    texts = [phrase if isinstance(phrase, str) else " ".join(phrase) for phrase in (*phrases, *agency_forms())]
    return frozenset(fold(word) for text in texts for word in text.split())
