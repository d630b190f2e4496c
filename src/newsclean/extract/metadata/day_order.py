"""Whether a page sets the month before the day, as in 5/3/2024 for 3 May: it says so, or something else on it tells."""

from __future__ import annotations

import re

from newsclean.extract.document import Document

MAX_TEXT = 200_000
SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)(?:.{0,12}\b[ECMP][SD]?T\b)?")
ZONE = re.compile(r"[ECMP][SD]?T$")  # of the United States: "EDT", "PT"
DAY_FIRST = frozenset({"en-gb", "en-ie", "en-au", "en-nz", "en-in", "en-za", "en-ng", "en-ke", "en-pk", "en-sg"})


def is_american(document: Document) -> bool:
    """Whether the page says that it is in the English of the United States."""
    said = (document.language, document.meta("og:locale"))
    if (document.language or "en").lower() in DAY_FIRST:
        return False
    return any((tag or "").lower().replace("_", "-") == "en-us" for tag in said)


def puts_month_first(document: Document, *days: str) -> bool:
    """Whether the first slashed date of an English page reads so: it is American, or that gives a known day.

    Args:
        document: the page.
        days: known from elsewhere, in ISO 8601: from the address, or of the last change.
    """
    language = (document.language or "en").lower()
    if is_american(document):
        return True
    body = document.tree.body
    if not language.startswith("en") or language in DAY_FIRST or body is None:
        return False
    found = SLASHED.search(body.text(separator=" ")[:MAX_TEXT])
    if not found:
        return False
    first, second, year = map(int, found.groups())
    reading = f"{year}-{first:02}-{second:02}"
    return bool(ZONE.search(found.group())) or any(day[:10] == reading for day in days)
