"""Characters: every block in NFC, with plain spaces and nothing invisible in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from newsclean.clean.options import Options
from newsclean.model import Block, Change, Draft
from newsclean.rules import Rules

# Soft hyphen, zero-width space, word joiner, byte order mark, bidi controls. U+200C and U+200D stay: Persian
# and the scripts of India spell with them.
INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
TABLE_RULE = re.compile(r"(?=[^|]*\|)\|?(?: *:?-+:? *\|)*(?: *:?-+:? *)?")
REASON = "characters: no-break or doubled spaces, invisible characters, or letters not in composed form"


def normalise(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Rewrite each block whose characters are not in normal form; drop one without letters and digits.

    In a table a dash is a number, and three stars are three; what stands under the head of a Markdown table, "| --- |",
    is part of it.
    """
    del rules
    for at, block in enumerate(draft.blocks):
        before = block.text
        text = normal(mended(before) if options.repair_mojibake else before)
        if text != before:
            yield Change("normalise-text", block.index, before, text or None, REASON)
        if not text or any(map(str.isalnum, text)):
            continue
        if not block.context.cell and not rules_a_table(draft.blocks, at):
            yield Change("no-words", block.index, text, None, "a line without a letter or digit")


def rules_a_table(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is the row of dashes between two rows of a Markdown table."""
    if not TABLE_RULE.fullmatch(blocks[at].text.strip()):
        return False
    return 0 < at < len(blocks) - 1 and "|" in blocks[at - 1].text and "|" in blocks[at + 1].text


def normal(text: str) -> str:
    r"""The text in NFC, with single plain spaces and without invisible characters.

    >>> normal("By\u00a0 Lena\u200b  Marrow")
    'By Lena Marrow'
    """
    # most text is so already: what is printable has no invisible character and no space but the plain one
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(INVISIBLE.sub("", text).split()))


def mended(text: str) -> str:
    """The text with wrongly decoded stretches put right, as far as ftfy is sure of them.

    Raises:
        ImportError: ftfy is not installed.
    """
    try:
        from ftfy import fix_encoding  # noqa: PLC0415 - an extra, and slow to import
    except ImportError as error:
        raise ImportError("repairing mojibake needs ftfy: pip install 'newsclean[mojibake]'") from error
    return fix_encoding(text)
