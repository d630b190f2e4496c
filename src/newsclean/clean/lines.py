"""Lines that are boilerplate by their words: share buttons, prompts, read-more lines, labels."""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.clean.shape import body_end, body_start
from newsclean.model import Block, Change, Draft
from newsclean.rules import Rules
from newsclean.rules.phrases import Phrase


def drop_lines(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop the lines that a phrase calls boilerplate wherever they stand, or because of the line next to them.

    Corrections go if `options` drop them.
    """
    found = {i: phrase for i, b in enumerate(draft.blocks) if (phrase := rules.match("line", b.text))}
    reach(found, draft.blocks, rules)
    for i, block in enumerate(draft.blocks):
        if i in found:
            yield Change(found[i].rule, block.index, block.text, None, f"boilerplate: {words(found[i])}")
        elif options.drops("corrections") and (phrase := rules.match("correction", block.text[:200])):
            yield Change(phrase.rule, block.index, block.text, None, "a correction, which is to be dropped")


def reach(found: dict[int, Phrase], blocks: tuple[Block, ...], rules: Rules) -> None:
    """Add to what was found the lines beside it that are boilerplate in such company."""
    waiting = list(found)
    while waiting:
        at = waiting.pop()
        for i in (at - 1, at + 1):
            if 0 <= i < len(blocks) and i not in found and (phrase := rules.match("neighbour", blocks[i].text)):
                found[i] = phrase
                waiting.append(i)


def drop_edges(draft: Draft, rules: Rules, options: Options) -> Iterator[Change]:
    """Drop the lines above and below the running text that are labels of the page, not of the article."""
    del options
    start, end = body_start(draft.blocks), body_end(draft.blocks)
    for i, block in enumerate(draft.blocks):
        if start < end and not start <= i < end and (phrase := rules.match("edge", block.text)):
            yield Change(phrase.rule, block.index, block.text, None, f"a label outside the text: {words(phrase)}")


def words(phrase: Phrase) -> str:
    """The phrase's id as words: "share buttons"."""
    return phrase.id.replace("-", " ")
