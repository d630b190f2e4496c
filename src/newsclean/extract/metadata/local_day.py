"""A moment that the page gives in UTC, in the publication's own time where the page prints that as well."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from newsclean.dates import parse_stamp
from newsclean.extract.document import Document
from newsclean.extract.metadata.day_order import is_american
from newsclean.extract.metadata.dom_date import read_dom_date
from newsclean.extract.metadata.found import Found

MAX_TIMES = 10
OFFSET = re.compile(r"T[\d:]{8}[+-](?!00:00)")
UTC_ENDS = ("Z", "+00:00", "+0000", "GMT", "UTC")
SAME_MOMENT = timedelta(minutes=2)
MORNING = 9  # UTC hours before it are the evening before in the Americas
NIGHT = 21  # those from it on are the next day in Europe


def in_local_time(document: Document, found: Found, names: tuple[str, ...], title: str | None) -> Found:
    """The same moment with the publication's offset, else the day that readers are shown, else what was found.

    Args:
        document: the page.
        found: a stamp; one that is not in UTC stays.
        names: of meta tags that may have the moment with its offset.
        title: tells which dates stand beside it.
    """
    if not found.value.endswith("+00:00"):
        return found
    moment = datetime.fromisoformat(found.value)
    return find_same_moment(document, moment, names) or find_shown_day(document, moment, title) or found


def find_same_moment(document: Document, moment: datetime, names: tuple[str, ...]) -> Found | None:
    """The moment as a meta tag or a time element prints it with an offset of its own."""
    places = [(f"meta {name}", content) for name in names for content in document.metas.get(name, ())]
    places += [("dom time", node.attributes.get("datetime") or "") for node in document.tree.tags("time")[:MAX_TIMES]]
    for source, printed in places:
        stamp = None if printed.endswith(UTC_ENDS) else parse_stamp(printed)
        if stamp and OFFSET.search(stamp) and abs(datetime.fromisoformat(stamp) - moment) < SAME_MOMENT:
            return Found(stamp, source)
    return None


def find_shown_day(document: Document, moment: datetime, title: str | None) -> Found | None:
    """The day beside the headline if it is the one before or after in UTC, as the time zone can make it.

    Of the labelled pages that a person dated it wins 2 and loses none; labels drawn from the stamp itself differ.
    """
    if MORNING <= moment.hour < NIGHT or moment.time() == time.min:  # midnight: a day without a time
        return None
    shown = read_dom_date(document, title, month_before_day=is_american(document))
    near = moment.date() + timedelta(days=1 if moment.hour >= NIGHT else -1)
    if shown is None or shown.source == "dom meta" or shown.value[:10] != near.isoformat():
        return None
    return Found(shown.value[:10], shown.source)
