"""A byline cut into chunks: the runs of words between separators, each with the label in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.kinds import is_date_word, is_job, is_organisation, starts_with_place
from newsclean.bylines.labels import Label, vocabulary
from newsclean.bylines.names import split_prefix
from newsclean.bylines.text import fold

Before = Literal["start", "hard", "comma", "and", "bracket"]

_JOIN_IN_CAPITALS = {"&", "and"}  # others can be names: Dan, Met
_ABBREVIATION = 3  # letters: `Sandoz.` ends a sentence, `Jr.` does not


@dataclass(slots=True)
class Chunk:
    """Words between two separators.

    Attributes:
        words: as printed.
        label: the label in force, if any has been read.
        before: what separates it from the chunk before.
        joint: the word that does so, if it is one: "and".
        opens: the label stands directly before it.
        headed: an unknown word with a colon: "Kommentar:".
    """

    words: list[str] = field(default_factory=list)
    label: Label | None = None
    before: Before = "start"
    joint: str = ""
    opens: bool = False
    headed: bool = False

    @property
    def text(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def chunks(tokens: list[str], *, credit: bool = False) -> list[Chunk]:
    """The chunks of a line, in order; none is empty.

    Args:
        tokens: of the line.
        credit: whether it is a credit line, where more words are labels.
    """
    return _Cutter(tokens, credit).cut()


_HARD = frozenset("\n;|•…·/；｜／*~")
_COMMA = frozenset(",،、，")
_BRACKETS = frozenset("()[]{}")


class _Cutter:
    """One pass over the tokens; `label` is the label in force, `chunk` the one that grows."""

    def __init__(self, tokens: list[str], credit: bool) -> None:
        self.tokens = tokens
        self.credit = credit
        self.label: Label | None = None
        self.chunk = Chunk()
        self.done: list[Chunk] = []

    def cut(self) -> list[Chunk]:
        i = 0
        while i < len(self.tokens):
            i += self._label(i) or self._separator(i) or self._word(i)
        self._close("hard")
        return self.done

    def _close(self, before: Before, joint: str = "") -> None:
        """End the chunk; an empty one hands its label on."""
        if self.chunk.words:
            self.done.append(self.chunk)
            self.chunk = Chunk(label=self.label, before=before, joint=joint)
        elif self.chunk.before != "start" and not self.chunk.opens:
            self.chunk.before, self.chunk.joint = before, joint

    def _label(self, i: int) -> int:
        """Read a label at i; the number of tokens that it takes, or 0."""
        words = self.chunk.words
        found, length = label_at(self.tokens, i, credit=self.credit)
        if not found:
            return 0
        colon = self.tokens[i + length - 1].startswith(":")
        inside = bool(words) and not all(is_date_word(w) for w in words)
        if inside and length == 1 and not colon:
            return 0
        self._close("hard")
        self.label = found
        self.chunk.label, self.chunk.opens = found, True
        return length

    def _separator(self, i: int) -> int:
        token = self.tokens[i]
        if token in _HARD or token[0] == "©" or not token.strip("-–—~*"):
            self._close("hard")
        elif token in _COMMA:
            self._close("comma")
        elif token in _BRACKETS:
            self._close("bracket")
        elif token.startswith(":"):
            self.chunk.headed = bool(self.chunk.words) and not (self.chunk.opens and i == len(self.tokens) - 1)
            self._close("hard")
        elif self._joins(i):
            self._close("and", token)
        else:
            return 0
        return 1

    def _joins(self, i: int) -> bool:
        """Whether the word stands between two names."""
        token, words = self.tokens[i], vocabulary()
        word = fold(token)
        if token.endswith("."):  # "Joe S.": an initial
            return False
        if word in words.join:
            return token.islower() or word in _JOIN_IN_CAPITALS or (token.isupper() and self.label is not None)
        if word not in words.weak or (self.label and not self.label.languages & words.weak[word]):
            return False
        left, right = self.chunk.words, self.tokens[i + 1 : i + 3]
        if len(left) > 1 and right and agency_of(right[0]):  # "Inés Calderón y EFE"
            return True
        if len(left) < 2 or len(right) < 2 or not right[1][0].isalpha():
            return False
        capitals = all(w[0].isupper() for w in (left[0], left[-1], right[0]))
        return capitals and not starts_with_place(self.tokens[i + 1 : i + 4])

    def _word(self, i: int) -> int:
        token = self.tokens[i]
        self.chunk.words.append(token)
        if token.endswith(".") and len(token) > _ABBREVIATION + 1 and token[1:-1].isalpha() and not _is_short(token):
            self.chunk.words[-1] = token[:-1]
            self._close("hard")
        return 1


def _is_short(token: str) -> bool:
    words, word = vocabulary(), fold(token)
    return any(word in known for known in (words.honorifics, words.suffixes, words.regions, words.dates))


def label_at(tokens: list[str], i: int, *, credit: bool) -> tuple[Label | None, int]:
    """The longest label that begins at token i, and the number of tokens that it takes with its colon."""
    labels = vocabulary().labels
    longest = vocabulary().label_starts.get(fold(tokens[i]), 0)
    for length in range(min(longest, len(tokens) - i), 0, -1):
        phrase = tuple(fold(t) for t in tokens[i : i + length])
        after = tokens[i + length] if i + length < len(tokens) else ""
        for label in labels.get(phrase, ()):
            colon = after.startswith(":")
            if (label.credit and not credit) or (label.colon and not colon):
                continue
            if colon or length > 1 or _may_follow(tokens, i):
                return label, length + colon
    return None, 0


def _is_unnamed(words: list[str]) -> bool:
    """Whether words in small letters lead to a name all the same: `our reporter Ann Bell`, `the Finch Team`."""
    if fold(words[0]) in vocabulary().job_words:
        return any(w[0].isupper() and is_job([before]) for before, w in pairwise(words))
    return words[0] == "the" and len(words) > 2 and words[1][0].isupper() and is_organisation(words[1:])


def _may_follow(tokens: list[str], i: int) -> bool:
    """Whether a name can stand behind the one-word label at i: `von Klara`, not `von Anfang` nor `von der`.

    A label with a capital can be a name's particle (`Di Stefano`, `Von Trier`): it takes two words or an agency.
    """
    rest = [t for t in tokens[i + 1 : i + 5] if t != "\n"]
    following = rest[0] if rest else ""
    if agency_of(following) or fold(following) == fold(tokens[i]):  # "By By Ann Bell"
        return True
    head, tail = split_prefix(following)
    prefixed = bool(tail) and not tail[0].islower() and fold(head) in vocabulary().prefixes  # al-Nasser, d'Arville
    if following[:1].islower() and fold(following) not in vocabulary().particles and not prefixed:
        return _is_unnamed(rest)
    is_particle = fold(tokens[i]) in vocabulary().particles and tokens[i][0].isupper()
    return not is_particle or i > 0 or len(rest) > 1
