"""What a line looks like: running text or not, how long."""

from __future__ import annotations

import re
from functools import lru_cache

from newsclean.letters import FULL_STOPS, SPACELESS, SPACELESS_CHARS
from newsclean.model import Block

MIN_PROSE_WORDS = 12
MIN_PROSE_CHARS = 70
MIN_CJK_PROSE_CHARS = 30  # a character there says about what half a word says here
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
THAI = re.compile(f"[{SPACELESS}]")  # and its neighbours
WORD = re.compile(
    f"[\u3040-\u30ff\u3400-\u9fff]|[{SPACELESS}]{{1,{SPACELESS_CHARS}}}|[^\\W\u3040-\u30ff\u3400-\u9fff{SPACELESS}]+"
)
CLOSING = "\"'”’»“)]）」』"
SENTENCE_ENDS = (*".!…。！", *FULL_STOPS)  # a headline may end in a question mark, and in nothing else
FINAL = ".!?…。！？:;؟" + FULL_STOPS


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
    if not text.isascii() and len(THAI.findall(text[:200])) > 0.3 * min(len(text), 200):
        return len(text) >= MIN_PROSE_CHARS  # Thai has no full stop
    if len(text) < MIN_PROSE_CHARS or len(text.split()) < MIN_PROSE_WORDS:
        return False
    return len(text) > 250 or text.rstrip(CLOSING)[-1:] in FINAL


def word_count(text: str) -> int:
    """Words; in Chinese and Japanese, which write no spaces, characters; in Thai and its neighbours, five of them."""
    return len(WORD.findall(text))


def body_start(blocks: tuple[Block, ...]) -> int:
    """Position of the first block of running text; the number of blocks if there is none."""
    return next((i for i, b in enumerate(blocks) if is_prose(b.text)), len(blocks))


def body_end(blocks: tuple[Block, ...]) -> int:
    """Position after the last block of running text; 0 if there is none."""
    return next((i + 1 for i in range(len(blocks) - 1, -1, -1) if is_prose(blocks[i].text)), 0)
