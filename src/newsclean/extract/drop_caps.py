"""Drop caps: a text's large first letter, in an element of its own, and the rest of its word, joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.extract.blocks import RawBlock

WORDS = frozenset("AÀÁÅEÈÉIÍOÓÔÖŐØYÝАЕЄИІЙОЭЮЯΑΗΉΟΌΩỞ")  # in some language: "A mill", "Y el molino", "Я слышал"
PREPOSITIONS = frozenset("KSUVWZВЗКСУ")  # Slavic ones, but they begin many words as well
VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûåæøаеиоуыэюяіα")  # with one behind it, a capital on its own begins a word
LABELLED = frozenset("li dt dd td th h1 h2 h3 h4 h5 h6 legend label figcaption".split())  # a letter there is a label
MIN_CHARS = 60  # of the text that begins so
CAPITAL = re.compile(r"[“\"«„‘]?[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
REST = re.compile(r"['’]?([^\W\d_]+)")  # of a word: "L" and "'hiver" as well


@dataclass(frozen=True, slots=True)
class DropCap:
    """A capital that may be the first letter of the word behind it.

    Attributes:
        at: the block's position that it begins, or is.
        letter: with the quotation mark before it.
        rest: the text behind it.
        word: the first of that, in lower case, with the apostrophe before it.
        alone: whether it is all of its block, or of its line.
    """

    at: int
    letter: str
    rest: str
    word: str
    alone: bool


def join_drop_caps(blocks: list[RawBlock]) -> None:
    """Put the capitals before the texts that they begin, and take away the blocks that had nothing else."""
    short = [i for i, block in enumerate(blocks) if len(block.text) < 3 or block.text[1] == " "]
    found = list(drop_caps(blocks, short))
    if not found:
        return
    labels = {blocks[i].text[0] for i in short if len(blocks[i].text) == 1 or blocks[i].strong == 1}
    counts = Counter(word for block in blocks for word in WORD.findall(block.text.casefold()))
    starts = {word[:2] for word in counts} if len({cap.letter for cap in found}) == 1 else set()
    emptied = set()
    for cap in found:
        if not is_label(cap.letter[-1], labels) and begins_word(cap, counts, starts):
            begun = blocks[cap.at]
            if begun.text == cap.letter:
                emptied.add(cap.at)
                begun = blocks[cap.at + 1]
            begun.text = cap.letter + cap.rest
    if emptied:
        blocks[:] = [block for i, block in enumerate(blocks) if i not in emptied]


def drop_caps(blocks: list[RawBlock], short: list[int]) -> Iterator[DropCap]:
    """The capitals before a text in lower case, of blocks at these positions, that something sets apart."""
    for at in short:
        block = blocks[at]
        is_all = len(block.text) < 3
        letter = block.text if is_all else block.text[0]
        if block.node.tag in LABELLED or not letter[-1].isupper() or not CAPITAL.fullmatch(letter):
            continue
        if (at + 1 == len(blocks)) if is_all else not (block.broken or block.strong == 1):
            continue
        rest = blocks[at + 1].text if is_all else block.text[2:]
        word = REST.match(rest)
        if word and word[1].islower() and len(rest) >= MIN_CHARS:
            yield DropCap(at, letter, rest, word[0].casefold(), is_all or block.broken)


def is_label(letter: str, labels: set[str]) -> bool:
    """Whether the letter before it in the alphabet, or the one behind it, stands alone as well."""
    return bool(labels.intersection((chr(ord(letter) - 1), chr(ord(letter) + 1))))


def begins_word(cap: DropCap, counts: Counter[str], starts: set[str]) -> bool:
    """Whether the letter is a part of the word behind it, by the words of the page.

    A vitamin, a key or a grade ("B vitamins", "C major") goes on with a word that the page may have elsewhere. Where it
    has neither that nor the whole word, it must have words that begin so, or the letter a line of its own and a vowel
    behind it.

    Args:
        cap: the letter and the text behind it.
        counts: how often the page has each word.
        starts: the first two letters of its words; none if other letters stand so as well.
    """
    letter = cap.letter[-1]
    if not cap.word[0].isalpha():
        return True
    if letter in WORDS:
        return False
    joined, without = counts[letter.casefold() + cap.word], counts[cap.word] - 1
    if joined:
        return cap.alone or joined >= without
    if without or not starts or letter in PREPOSITIONS:
        return False
    return letter.casefold() + cap.word[0] in starts or (cap.alone and cap.word[0] in VOWELS)
