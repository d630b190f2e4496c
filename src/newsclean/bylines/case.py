"""The case of names' letters, repaired where nobody can have meant it: `DAvid`, `MCALLISTER`, `VAN DER BERG`."""

from __future__ import annotations

import re

from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold

_APOSTROPHE = re.compile(r"(['’])")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}(?:-?[^\W\d_]\.?)?")
_SLIPPED = re.compile(r"[a-z][A-Z][a-z]{2,20}")  # mAeve: the capital came one letter late
_NUMERALS = {"ii", "iii", "iv"}
_ARTICLES = {"al", "el", "as", "ad", "ash"}  # of Arabic names, lower case before their hyphen
_OPEN_PREFIXES = {"dell", "dall", "nell", "sant", "degl"}  # Dell'Orto
# Surnames in Mac- that have a capital after it; Mackey, Macron, Machado, Macias have none.
_MAC = frozenset(
    {
        *("macallister", "macarthur", "macaskill", "macaulay", "macbride", "maccallum", "macdonald", "macdougall"),
        *(
            "macfarlane",
            "macgregor",
            "macinnes",
            "macintyre",
            "mackay",
            "mackenzie",
            "mackinnon",
            "maclaren",
            "maclean",
        ),
        *("macleod", "macmahon", "macmillan", "macneil", "macpherson", "macqueen"),
    }
)


def repair_case(name: str, *, lower: bool = False) -> str:
    """The name with the case of its letters repaired where it is implausible, else as it is.

    Args:
        name: words separated by single spaces.
        lower: also capitalise lower-case words, as in credit lines; elsewhere a name may be lower case by right.

    >>> repair_case("KEES VAN DER BERG"), repair_case("Bill MCCARTHY"), repair_case("DAvid brunnstrom", lower=True)
    ('Kees van der Berg', 'Bill McCarthy', 'David Brunnstrom')
    """
    shouted = sum(map(str.isalpha, name)) > 3 and name.isupper()
    turkish = any(c in "İığşŞĞ" for c in name)
    tokens = name.split(" ")
    repaired = []
    for i, token in enumerate(tokens):
        inner = 0 < i < len(tokens) - 1
        if fold(token) in _NUMERALS or _INITIALS.fullmatch(token):
            repaired.append(token)
        elif shouted:
            repaired.append(_from_capitals(token, i == 0, inner, turkish))
        elif lower and _SLIPPED.fullmatch(token):
            repaired.append(_capitalise(token.lower(), turkish))
        elif token.islower():
            repaired.append(_from_lower(token, i == 0, turkish) if lower else token)
        else:
            repaired.append("-".join(_fixed(part, turkish) for part in token.split("-")))
    return " ".join(repaired)


def is_damaged(text: str) -> bool:
    """Whether a word's letters have a case that nobody meant: `DAvid`, `bELL`."""
    return any(_fixed(word, turkish=False) != word for word in text.split())


def _from_capitals(token: str, first: bool, inner: bool, turkish: bool) -> str:
    """A token of a name all in capitals: VAN -> van inside the name, AL-NASSER -> al-Nasser."""
    if inner and fold(token) in vocabulary().particles:
        return _to_lower(token, turkish)
    if first and _is_initial_pair(token):
        return token
    head, hyphen, tail = token.partition("-")
    if hyphen and fold(head) in _ARTICLES:
        return _to_lower(head, turkish) + hyphen + _capitalise(tail, turkish)
    return "-".join(_capitalise(part, turkish) for part in token.split("-"))


def _from_lower(token: str, first: bool, turkish: bool) -> str:
    """A token in small letters: capitalised if it is long enough, and no particle inside the name."""
    head, _, tail = token.partition("-")
    particle = fold(token) in vocabulary().particles or (tail and fold(head) in _ARTICLES)
    if len(token) <= 2 or (particle and not first):
        return token
    return "-".join(_capitalise(part, turkish) for part in token.split("-"))


def _is_initial_pair(token: str) -> bool:
    """AJ, JR, KC: two capitals that are no name; Jo, Al, Ed, Li are."""
    if len(token) != 2 or fold(token) in vocabulary().honorifics:
        return False
    return token[1] == "J" or not set(token) & set("AEIOUYÄÖÜÉ")


def _fixed(token: str, turkish: bool) -> str:
    """A token beside normal ones: repaired if its capitals can't be meant; MacManus, DeVito, IJsbrand can."""
    word = _APOSTROPHE.split(token)[-1]
    bare = word.removeprefix("Mc")
    if not word.isalpha() or fold(token) in _NUMERALS:
        return token
    capitals = len(bare) >= 3 and bare.isupper() and _has_vowel(bare)
    two_capitals = len(word) > 3 and word[:2].isupper() and word[2:].islower() and not word.startswith("IJ")
    inside_out = len(word) > 2 and word[0].islower() and word[1:].isupper()
    if not (capitals or two_capitals or inside_out):
        return token
    return token.removesuffix(word) + _capitalise(word, turkish) if word != token else _capitalise(token, turkish)


def _has_vowel(word: str) -> bool:
    """Only plain Latin letters are asked: JRD can be initials."""
    return not word.isascii() or bool(set(word) & set("AEIOUY"))


def _capitalise(token: str, turkish: bool) -> str:
    """O'NEILL -> O'Neill, MCALLISTER -> McAllister, MACLEOD -> MacLeod, MACKEY -> Mackey."""
    parts = _APOSTROPHE.split(token)
    both = len(parts) == 3 and (len(parts[0]) == 1 or fold(parts[0]) in _OPEN_PREFIXES)
    word = "".join(_upper_first(p, turkish) if i == 0 or both else _to_lower(p, turkish) for i, p in enumerate(parts))
    if len(word) > 3 and word.startswith("Mc"):
        return "Mc" + word[2].upper() + word[3:]
    return "Mac" + word[3].upper() + word[4:] if fold(word) in _MAC else word


def _upper_first(word: str, turkish: bool) -> str:
    first = "İ" if turkish and word[:1] == "i" else word[:1].upper()
    return first + _to_lower(word[1:], turkish)


def _to_lower(word: str, turkish: bool) -> str:
    return (word.replace("I", "ı").replace("İ", "i") if turkish else word).lower()
