"""The letters and digits of texts, which tell whether two printings say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# What ends a sentence where others have "." and "。": Devanagari, Urdu, Ethiopic, Armenian, Burmese and Khmer
FULL_STOPS = "।॥۔።։။។"
SPACELESS = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer: no space parts words
SPACELESS_CHARS = 5  # of a word there, with its vowel signs
# Joiners spell words in Persian and Hindi; beside other letters they are nothing. Each run is looked at once.
STRAY_JOINERS = "(?<![^\x00-\x7f])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]++(?![^\x00-\x7f])"  # a pattern
ALNUM = re.compile(r"[^\W_]+")
ASCII = bytes(range(128))
LOWER = ASCII.lower() + bytes(128)
NO_LETTERS = bytes(i for i in ASCII if not chr(i).isalnum())
NO_LETTERS_OR_BREAKS = NO_LETTERS.replace(b"\n", b"")
MAX_KNOWN_CHARS = 65_536
FEW, MANY = 8, 32  # characters beyond ASCII of a line and of a page; most in a Latin script have fewer


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """Letters and digits only, folded: equal for two printings of the same headline.

    >>> squash("“Ferries” return – at last") == squash("'Ferries' return: at last!")
    True
    """
    plain = with_ascii_letters(text, FEW)
    if plain is None:
        return text.translate(SQUASHED)
    return plain.encode().translate(LOWER, NO_LETTERS).decode()


def squash_lines(lines: Sequence[str]) -> list[str]:
    """Each of the lines squashed; those of a page at once take half the time, if its script is Latin."""
    text = "\n".join(lines)
    plain = with_ascii_letters(text, MANY)
    if plain is None or text.count("\n") != len(lines) - 1:  # or a line has a break
        return [squash(line) for line in lines]
    return plain.encode().translate(LOWER, NO_LETTERS_OR_BREAKS).decode().split("\n")


def with_ascii_letters(text: str, most: int) -> str | None:
    """The text with what is not ASCII squashed; None if that would be slow, or other characters are left.

    Args:
        text: any.
        most: different characters that are not ASCII; with more, to look up every character is faster.
    """
    if text.isascii():
        return text
    others = beyond_ascii(text)
    if 4 * len(others) > len(text) or len(different := set(others)) > most:
        return None
    for char in different:
        text = text.replace(char, SQUASHED[ord(char)])
    return text if text.isascii() else None


def beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII, in order."""
    return text.encode("utf-8", "surrogatepass").translate(None, ASCII).decode("utf-8", "surrogatepass")


class SquashedCharacters(dict[int, str]):
    """For each character its letters and digits, folded; worked out when the character first comes."""

    def __missing__(self, code: int) -> str:
        squashed = "".join(ALNUM.findall(unicodedata.normalize("NFKD", chr(code)).casefold()))
        if len(self) >= MAX_KNOWN_CHARS:
            self.clear()
        self[code] = squashed
        return squashed


SQUASHED = SquashedCharacters()
