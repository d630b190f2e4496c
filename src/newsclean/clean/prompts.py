"""Prompts at the end of a paragraph: "… the board said. Sign up for our newsletter here." loses its last sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsclean.clean.lines import words
from newsclean.clean.options import Options
from newsclean.letters import FULL_STOPS
from newsclean.model import Change, Draft
from newsclean.rules import Rules
from newsclean.rules.keys import MAX_LINE_CHARS
from newsclean.rules.phrases import Phrase

# By its id, in all languages. Of labelled paragraphs none ends in such a sentence, but some do in "Learn more." and
# "Follow her on Instagram."
PROMPT = "newsletter-prompt"
QUOTES = frozenset('"“”„«»‘「『')
# Somebody else's: "Join the school's newsletter", "Abonnieren Sie den Newsletter des Theaters"
OTHERS = re.compile(
    r"['’]s (?:\w{1,20} ){0,2}newsletter|(?:newsletter|bolet[ií]n|nieuwsbrief) (?:du|de la|des|del|della|van)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(rf"""[.!?…]["”’»)]{{0,2}} (?=[^a-zß-ÿ])|[。！？{FULL_STOPS}]["”」』）]?""")
MIN_KEPT_CHARS = 8  # "Der Pier bleibt zu." has 19; less is an abbreviation, or a number


def cut_prompts(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Cut the last sentence off each paragraph whose last sentence asks readers to take a newsletter."""
    del options
    prompts = prompts_of(rules)
    for block in draft.blocks:
        found = prompt_at_end(block.text, prompts)
        if found:
            kept, phrase = found
            yield Change(phrase.rule, block.index, block.text, kept, f"ends in boilerplate: {words(phrase)}")


@lru_cache(maxsize=64)  # to ask all rules about each last sentence takes a twentieth of a page's time
def prompts_of(rules: Rules) -> Rules:
    """Those of the rules that are prompts."""
    return Rules(phrase for phrase in rules.phrases if phrase.id == PROMPT)


@lru_cache(maxsize=4096)  # asked again in each round
def prompt_at_end(text: str, prompts: Rules) -> tuple[str, Phrase] | None:
    """The text before its last sentence and what that sentence is; None if that is no prompt, or all there is."""
    ends = [m.end() for m in SENTENCE_END.finditer(text, max(len(text) - MAX_LINE_CHARS, 0)) if m.end() < len(text)]
    if not ends:
        return None
    kept, last = text[: ends[-1]].rstrip(), text[ends[-1] :]
    if len(kept) < MIN_KEPT_CHARS or last[0] in QUOTES or OTHERS.search(last):
        return None
    phrase = prompts.match("line", last)
    return (kept, phrase) if phrase else None
