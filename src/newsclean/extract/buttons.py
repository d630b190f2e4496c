"""Buttons that are text: words of a sentence that open an explanation, and headings that fold out what is below."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean.extract.beside import BUTTON, INLINE, do_touch, text_after, text_before

HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
PLACES = ":is(p, li, dd, dt, div, section, h2, h3, h4, h5) > button"
BOXES = frozenset({"div", "section", "dt"})  # in which a button is text only if it asks what the next element answers
QUESTIONS = re.compile(r"[?？؟]$|か。$|[\u0370-\u03ff].*[;\u037e]$", re.DOTALL)  # the last in Greek
MIN_QUESTIONS = 3  # of one class; a single one sells something
MIN_QUESTION_CHARS, MIN_ANSWER_CHARS = 8, 40
MAX_WORDS_CHARS = 60  # of words in a sentence
MAX_HEADING_CHARS = 200
LOOK_CHARS = 40  # of the text on either side of the words
MIN_SENTENCE_CHARS = 18  # of both together; with less they are a label
LETTER = re.compile(r"[^\W\d_]")
LETTERS = re.compile(r"[^\W\d_]{2}")
ENDS = tuple(".!?…:。！？：")  # of a sentence: what stands behind it is none of its words
GOES_ON = re.compile(r"""\s*[^\W_]|[-–—.,;:!?…)»”"’]|[。、，！？」』]""")


@cache
def actions() -> frozenset[str]:
    """What buttons do, in small letters."""
    table = tomllib.loads(files(__package__).joinpath("buttons.toml").read_text("utf-8"))
    return frozenset(word for words in table["actions"].values() for word in words.split())


def unwrap_words(tree: LexborHTMLParser) -> None:
    """Take away the buttons of a tree that are text, and leave what they hold; all other buttons stay."""
    questions: dict[str, list[LexborNode]] = {}  # by the first word of their class: the one that is open may have more
    for button in tree.css(PLACES):
        parent = button.parent
        if parent is None:
            continue
        if parent.tag in BOXES:
            if is_question(button):
                kind = (button.attributes.get("class") or "").partition(" ")[0]
                questions.setdefault(kind, []).append(button)
        elif is_heading(button) if parent.tag in HEADINGS else is_in_sentence(button):
            set_apart(button)
            button.unwrap()
    for buttons in questions.values():
        for button in buttons if len(buttons) >= MIN_QUESTIONS else ():
            button.unwrap()


def is_question(button: LexborNode) -> bool:
    """Whether a button asks what the element next to it, or to its own, answers: in an accordion without headings."""
    text = button.text(strip=True)
    if not MIN_QUESTION_CHARS <= len(text) <= MAX_HEADING_CHARS or QUESTIONS.search(text) is None:
        return False
    answer = element_after(button)
    if answer is None and button.parent is not None and is_alone(button):
        answer = element_after(button.parent)
    return answer is not None and len(answer.text(strip=True)) >= MIN_ANSWER_CHARS


def element_after(node: LexborNode) -> LexborNode | None:
    """The next element beside another; None if there is text before it, or none."""
    at = node.next
    while at is not None and (at.tag == "-comment" or (at.tag == "-text" and not (at.text_content or "").strip())):
        at = at.next
    return None if at is None or at.tag in {"-text", "button", *INLINE} else at


def set_apart(button: LexborNode) -> None:
    """Put a space between the button and the word that it touches: on the page its style does."""
    text = button.text()
    if do_touch(text_before(button, 1), text[:1]):
        button.insert_before(" ")
    if do_touch(text[-1:], text_after(button, 1)):
        button.insert_after(" ")


def is_heading(button: LexborNode) -> bool:
    """Whether a button is all that its heading holds."""
    text = button.text(strip=True)
    return len(text) <= MAX_HEADING_CHARS and has_words(text) and text.casefold() not in actions() and is_alone(button)


def is_alone(node: LexborNode) -> bool:
    """Whether nothing stands beside the element but spaces."""
    return not any(
        beside is not None and (beside.tag != "-text" or (beside.text_content or "").strip())
        for beside in (node.prev, node.next)
    )


def is_in_sentence(button: LexborNode) -> bool:
    """Whether a sentence runs through a button."""
    text = button.text().strip()
    if len(text) > MAX_WORDS_CHARS or not has_words(text) or is_action(text):
        return False
    if any(child.tag not in INLINE and child.tag != "-text" for child in button.iter(include_text=True)):
        return False
    before, after = (beside(button, LOOK_CHARS) for beside in (text_before, text_after))
    return (
        LETTER.search(before) is not None
        and not before.rstrip().endswith((BUTTON, *ENDS))
        and GOES_ON.match(after) is not None
        and len(before.strip()) + len(after.strip()) >= MIN_SENTENCE_CHARS
    )


def is_action(text: str) -> bool:
    """Whether the words tell what the button does; a label begins with a capital: "Open map", not "open source"."""
    first = text.split(maxsplit=1)[0]
    return text.casefold() in actions() or (first[0].isupper() and first.casefold() in actions())


def has_words(text: str) -> bool:
    """Whether a text is more than a sign or a number."""
    return LETTERS.search(text) is not None
