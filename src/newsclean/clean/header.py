"""What stands between headline and text: section names, breadcrumbs, dates; the date is kept as metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.clean.options import Options
from newsclean.clean.shape import CJK, body_end, body_start
from newsclean.dates import fold, month_numbers
from newsclean.dates.published import PrintedDate, parse_published, spans
from newsclean.model import Block, Change, Draft, FieldChange
from newsclean.rules import Rules

MAX_DATE_LINE_CHARS = 70
MAX_OTHER_WORDS = 2  # above the text: "Monday", "Published on". Below it a place or a weekday makes an entry of a list
MAX_CJK_CHARS = 9  # 发布时间 and 年月日時分, or the weekday: more, and the line says something
TOP_BLOCKS = 8
# Without what opens a quotation: "«We are leaving», she said."
BREADCRUMB = re.compile(r"[^«‹»›>▸/|]{1,40}(?: ?[»›>▸] ?[^«‹»›>▸/|]{1,60}){1,6}")


def drop_headers(draft: Draft, rules: Rules, options: Options) -> Iterator[Change | FieldChange]:
    """Drop breadcrumbs above the text, and dates above and below it; the lowest date above the text is its date.

    That is, the lowest that is not said to be the date of a change. Several dates below the text are a list, and stay.
    A date with a label ("Last updated on …") also goes from below a standfirst.
    """
    del options
    blocks = draft.blocks
    start = min(body_start(blocks), TOP_BLOCKS)
    end = max(body_end(blocks), start)
    found: PrintedDate | None = None
    for block in blocks[:start]:
        date = date_of_line(block.text)
        if date:
            found = date if found is None or not date.of_change else found
            yield date_change(block, "above")
        elif BREADCRUMB.fullmatch(block.text):
            yield Change("breadcrumb", block.index, block.text, None, "a breadcrumb above the text")
    for block in blocks[start : min(end, TOP_BLOCKS)]:
        if rules.match("edge", block.text) and (date := date_of_line(block.text)):
            found = found or date
            yield date_change(block, "near the top of")
    below = [b for b in blocks[end:] if date_of_line(b.text, 0)]
    if len(below) == 1:
        yield date_change(below[0], "below")
    if found and not draft.metadata.date_published:
        yield FieldChange("date-line", "date_published", None, found.stamp, "the date line above the text")


def date_change(block: Block, place: str) -> Change:
    """The removal of a line that is only a date."""
    return Change("date-line", block.index, block.text, None, f"a line that is only a date, {place} the text")


def date_of_line(line: str, max_other_words: int = MAX_OTHER_WORDS) -> PrintedDate | None:
    """The date of a line that is nothing but dates, each with so many other words; None for any other line.

    >>> date_of_line("Freitag, 28.04.2023, 19:25")
    PrintedDate(stamp='2023-04-28', of_change=False)
    >>> date_of_line("Since 16 September 2018 no ship has called here")
    """
    if len(line) > MAX_DATE_LINE_CHARS or not any(map(str.isdigit, line)):
        return None
    if len(CJK.findall(line)) > MAX_CJK_CHARS:
        return None
    months = month_numbers()
    others = [w for w in re.findall(r"[^\W\d_]{3,}", line) if fold(w) not in months and w not in {"GMT", "UTC", "Uhr"}]
    return parse_published(line) if len(others) <= max_other_words * max(len(spans(line)), 1) else None
