"""The page's words for its authors in, people out: of fields that hold names, and of the lines of an element."""

from __future__ import annotations

import re
from functools import cache

from newsclean.bylines import is_name, parse_byline, repair_case
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.text import fold
from newsclean.extract.metadata.text import squash
from newsclean.model import Person

MAX_PEOPLE = 20
MAX_LINES = 6
MAX_LINE = 130
CAPITALISED = re.compile(r"[A-ZÀ-ÞĀ-Ž][\w'’.-]{0,30}(?: [\w'’.-]{1,30}){0,2} [A-ZÀ-ÞĀ-Ž][\w'’.-]{1,30}")
MAX_LABEL_CHARS = 40
MAX_SIGNATURE = 40  # characters of 光明日报记者 王建宏
WORD = re.compile(r"[^\W\d_]+")
NICKNAME = re.compile(r"[^\W\d_][\w.-]{3,29}")


def parse_named(printed: str) -> tuple[Person, ...]:
    """The people of a field that holds names; what is shaped like a name and is none is an organisation's."""
    if parsed := parse_byline(printed):
        return parsed
    if printed.islower() and " " in printed and is_name(printed, damaged=True):
        return (Person(repair_case(printed, lower=True), printed),)
    if CAPITALISED.fullmatch(printed):
        return (Person(printed, printed, "organization"),)
    return parse_nickname(printed)


def parse_nickname(text: str) -> tuple[Person, ...]:
    """The writer who signs with one word that is no name, as bloggers do; empty for "admin" and its kin."""
    if NICKNAME.fullmatch(text) and not is_placeholder(text):
        return (Person(text, text),)
    return ()


def is_placeholder(text: str) -> bool:
    """Whether the text is what systems print for nobody: "admin", "Guest"."""
    return fold(text) in vocabulary().placeholders


def parse_lines(lines: list[str]) -> tuple[Person, ...]:
    """The people of the first line that names any, and of those that a word or a comma joins to it.

    What else stands in a byline's box (share buttons, text sizes, topics) is made of words with capitals too.
    """
    text = ""
    people: tuple[Person, ...] = ()
    for line in lines[:MAX_LINES]:
        if len(line) > MAX_LINE or len(text) > MAX_LINE:
            break
        joined = f"{text}\n{line}" if text else line
        more = parse_byline(joined)
        if people and len(more) > len(people) and not is_joined(text, line):
            continue
        text, people = joined, more
    return people


def is_joined(text: str, line: str) -> bool:
    """Whether the line goes on with what the text ends in: "By Ann Bell and" / "Tom Roe"."""
    if text[-1] in ",;&/|:" or line[0] in ",;&/":
        return True
    return fold(text.rpartition(" ")[2]) in joining_words() or fold(line.partition(" ")[0]) in joining_words()


def opens_with_label(text: str) -> bool:
    """Whether the text begins with a by-word."""
    first = WORD.search(text, 0, MAX_LABEL_CHARS)
    if first is None or fold(first[0]) not in first_words():
        return not text.isascii() and text.startswith(cjk_labels())
    words = [fold(word) for word in WORD.findall(text[:MAX_LABEL_CHARS])]
    return any(tuple(words[:n]) in by_words() for n in range(1, len(words) + 1))


def has_reporter(text: str) -> bool:
    """Whether the text may be a Chinese, Japanese or Korean name beside what says that it is a reporter's."""
    return not text.isascii() and len(text) <= MAX_SIGNATURE and any(word in text for word in vocabulary().cjk_suffixes)


def says_writer(text: str) -> bool:
    """Whether the text is a by-word of those who write or report."""
    labels = vocabulary().labels.get(tuple(fold(word) for word in text.strip(" :").split()), ())
    return any(label.role in {"author", "reporter"} and not label.credit for label in labels)


def is_writer(person: Person) -> bool:
    """Whether a person wrote or reported, and has a full name; an agency needs none."""
    full = " " in person.name or not person.name.isascii() or person.kind != "person"
    return full and person.role in {"author", "reporter"}


def is_label(text: str) -> bool:
    """Whether the text is a by-word and no more."""
    return tuple(fold(word) for word in text.strip(" :").split()) in by_words()


@cache
def joining_words() -> frozenset[str]:
    """Words that stand between two names, and by-words of one word."""
    words = vocabulary()
    labels = {p[0] for p, kinds in words.labels.items() if len(p) == 1 and not all(k.colon or k.credit for k in kinds)}
    return words.join | frozenset(words.weak) | labels


@cache
def by_words() -> frozenset[tuple[str, ...]]:
    """By-words, as tuples of words, without those that only agencies' credit lines use."""
    return frozenset(phrase for phrase, labels in vocabulary().labels.items() if not all(w.credit for w in labels))


@cache
def first_words() -> frozenset[str]:
    """The first words of by-words."""
    return frozenset(phrase[0] for phrase in by_words())


@cache
def cjk_labels() -> tuple[str, ...]:
    """By-words of scripts without spaces."""
    return tuple(vocabulary().cjk_labels)


def unique(people: list[Person]) -> tuple[Person, ...]:
    """The people without those who were named before."""
    first: dict[str, Person] = {}
    for person in people:
        first.setdefault(squash(person.name), person)
    return tuple(first.values())[:MAX_PEOPLE]
