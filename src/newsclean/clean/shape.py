"""What a line looks like: running text or not, how long, how alike to another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from newsclean.model import Block

MIN_PROSE_WORDS = 12
MIN_PROSE_CHARS = 70
MIN_CJK_PROSE_CHARS = 30  # a character there says about what half a word says here
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+")
CLOSING = "\"'”’»“)]）」』"
ALNUM = re.compile(r"[^\W_]+")
ASCII = bytes(range(128))
LOWER = ASCII.lower() + bytes(128)
NO_LETTERS = bytes(i for i in ASCII if not chr(i).isalnum())
NO_LETTERS_OR_BREAKS = NO_LETTERS.replace(b"\n", b"")
MAX_KNOWN_CHARS = 65_536
FEW, MANY = 8, 32  # characters beyond ASCII of a line and of a page; most in a Latin script have fewer
FINAL = ".!?…。！？:;।؟"


@lru_cache(maxsize=4096)  # asked by every cleaner of every block
def is_prose(text: str) -> bool:
    """Whether a line is running text: long enough for a sentence, and ending like one.

    >>> is_prose("The ferry will sail again on Monday, said the harbour office, if the weather holds.")
    True
    >>> is_prose("The ferry sails again"), is_prose("Share this article")
    (False, False)
    """
    if len(text) < MIN_CJK_PROSE_CHARS:
        return False
    if not text.isascii() and len(CJK.findall(text[:200])) > 0.3 * min(len(text), 200):
        return text.rstrip(CLOSING)[-1:] in FINAL
    if len(text) < MIN_PROSE_CHARS or len(text.split()) < MIN_PROSE_WORDS:
        return False
    return len(text) > 250 or text.rstrip(CLOSING)[-1:] in FINAL


def word_count(text: str) -> int:
    """Words; in Chinese and Japanese, which write no spaces, characters."""
    return len(WORD.findall(text))


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


def body_start(blocks: tuple[Block, ...]) -> int:
    """Position of the first block of running text; the number of blocks if there is none."""
    return next((i for i, b in enumerate(blocks) if is_prose(b.text)), len(blocks))


def body_end(blocks: tuple[Block, ...]) -> int:
    """Position after the last block of running text; 0 if there is none."""
    return next((i + 1 for i in range(len(blocks) - 1, -1, -1) if is_prose(blocks[i].text)), 0)
