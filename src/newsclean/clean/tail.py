"""The end of an agency story: "(Reporting by …; Editing by …)" becomes credits, and goes from the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newsclean.bylines import agency_of, parse_credits
from newsclean.clean.options import Options
from newsclean.letters import FULL_STOPS
from newsclean.model import Block, Change, Draft, FieldChange, Person
from newsclean.rules import Rules

END_BLOCKS = 5
MAX_CREDIT_CHARS = 900
# before a credit the text has come to its end; a bracket within a sentence is its own
ENDED = re.compile(rf"""[.!?…。{FULL_STOPS}]["'”’»)]?\s*$""")
SIGNED = re.compile(r"""(?<=[.!?»”"]) \(?([^\s.!?()]{2,20}(?: [^\s.!?()]{2,20})?)\)?$""")
INITIALS = re.compile(
    r"\(?(?:[A-ZČŠ]{2,8} )?[a-z]{2,4}(?:/ ?[a-z]{2,4}){1,4}/?\)?|\(?[a-z]{2,3}/\)?"
)  # EFE iav/rcq, rk/ jzi/


def move_credits(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Record the people of credit lines among the last blocks; drop the lines unless `options` keep them."""
    drop = options.drops("credits")
    people: list[Person] = []
    named: tuple[Person, ...]
    for block in draft.blocks[-END_BLOCKS:]:
        kept, named = split_credits(block.text)
        if not named and block is draft.blocks[-1]:
            kept, named = split_agency(block)
        people += named
        if named and drop:
            yield Change(
                "credits", block.index, block.text, kept or None, "a credit line: its people are in the metadata"
            )
        elif drop and INITIALS.fullmatch(block.text):
            yield Change("initials", block.index, block.text, None, "the initials of an agency's desk, below the text")
        elif drop and (phrase := rules.match("credit", block.text)):
            people += named_agencies(block.text)
            yield Change(phrase.rule, block.index, block.text, None, "a line of rights or sources below the text")
    known = draft.metadata.credits
    merged = known + tuple(dict.fromkeys(p for p in people if p.kind == "person" and p not in known))
    if merged != known:
        yield FieldChange("credits", "credits", known, merged, "the credit line below the text")
    agencies = (*draft.metadata.agencies, *(p.name for p in people if p.kind == "agency"))
    if (merged_agencies := tuple(dict.fromkeys(agencies))) != draft.metadata.agencies:
        yield FieldChange("credits", "agencies", draft.metadata.agencies, merged_agencies, "the credit line names it")


def split_agency(block: Block) -> tuple[str, tuple[Person, ...]]:
    """The block's text without the agency's name that signs its last sentence, and the agency; all of it if none does.

    >>> split_agency(Block(0, "paragraph", "The clock will strike again in spring. EFE"))[0]
    'The clock will strike again in spring.'
    """
    found = SIGNED.search(block.text, max(len(block.text) - 40, 0))
    agency = agency_of(found[1]) if found else None
    if found is None or agency is None:
        return block.text, ()
    return block.text[: found.start()], (Person(agency, found[1], kind="agency"),)


def named_agencies(line: str) -> list[Person]:
    """The agencies that a line of rights or sources names, as one word each."""
    names = {name: word for word in re.findall(r"[^\s,;:/()]+", line) if (name := agency_of(word))}
    return [Person(name, word, kind="agency") for name, word in names.items()]


@lru_cache(maxsize=1024)  # asked again in each round
def split_credits(text: str) -> tuple[str, tuple[Person, ...]]:
    """The text without its credits, and the people that they name; all of the text and () if it has none."""
    if len(text) <= MAX_CREDIT_CHARS and (people := parse_credits(text)):
        return "", people
    if not text.endswith((")", ").")):
        return text, ()
    at = text.rfind("(")
    credit = text[at:]
    if ENDED.search(text[:at]) and len(credit) <= MAX_CREDIT_CHARS and (people := parse_credits(credit)):
        return text[:at].rstrip(), people
    return text, ()
