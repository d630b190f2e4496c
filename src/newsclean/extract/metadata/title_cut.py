"""A printed title in, the title without the site's name out: cut where something says that it is no part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from newsclean.extract.metadata.site import SiteNames
from newsclean.extract.metadata.text import squash

MAX_CUTS = 4
MAX_BREAKS = 12
MAX_SPACES = 9  # before a separator
MIN_TITLE = 12  # characters behind a name of the site
SEPARATOR = re.compile(
    r"\s{1,9}(?:::|[-–—_:~/|｜ㅣ¦•·»›«／])\s{1,9}|\s{0,9}[|｜ㅣ¦•›／]\s{0,9}|[:：]\s{1,9}"
    r"|(?<=[」！？。…”\"'\u3040-\u9fff\uac00-\ud7af])[:_-]"  # scripts that write no spaces
)
RARE = re.compile(r"\s{1,9}(?:--|[><‹∣❘⏐⋆★▷▶●◆])\s{1,9}")  # in headlines they stand for other things as well
SIGN = re.compile(r"[-–—_:~/|｜ㅣ¦•·»›«／：><‹∣❘⏐⋆★▷▶●◆]")  # without one there is nothing to cut at
COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class Known:
    """What tells the title's parts.

    Attributes:
        site: the site's names.
        others: the texts of other places, squashed; short ones left out.
        headed: the text is a heading of the page too, so its author may have meant all of it.
    """

    site: SiteNames
    others: frozenset[str]
    headed: bool = False

    def is_outside(self, part: str, separator: str) -> bool:
        """Whether a part at the title's start or end is none of it: the site's, or says no more than "News"."""
        if self.headed and not self.site.is_site(part):
            return self.site.is_section(part) and separator.strip() not in COLONS
        return self.site.is_label(part)


def cut_title(title: str, known: Known) -> str:
    """The title without the parts that other places, or the site's names, say are no part of it."""
    for _ in range(MAX_CUTS):
        shorter = cut_once(title, known) or cut_rare(title, known.site)
        if not shorter:
            break
        title = shorter
    return title


def cut_once(title: str, known: Known) -> str | None:
    """The title with one part less, or None if nothing says that there is one to cut."""
    sign = SIGN.search(title)
    start = max(0, sign.start() - MAX_SPACES) if sign else len(title)
    breaks = list(islice(SEPARATOR.finditer(title, start), MAX_BREAKS))
    for found in breaks if known.others else ():
        if found.group().strip() in COLONS:
            continue  # what stands before a colon is a kicker: part of the title
        for side in (title[: found.start()], title[found.end() :]):
            if squash(side) in known.others and not known.site.is_site(side.strip()):
                return side.strip()
    if not breaks:
        return None
    first, last = breaks[0], breaks[-1]
    if known.is_outside(title[last.end() :], last.group()):
        return title[: last.start()].strip()
    for here, following in pairwise(breaks):
        if following.group().strip() not in COLONS and known.site.is_site(
            title[here.end() : following.start()]
        ):  # "Title | The Post | All the news"
            return title[: here.start()].strip()
    name, rest = title[: first.start()], title[first.end() :].strip()
    if len(rest) < MIN_TITLE or first.group().strip() in COLONS or not squash(name):
        return None
    return rest if known.is_outside(name, first.group()) else None


def cut_rare(title: str, site: SiteNames) -> str | None:
    """The title without a name of the site that a sign sets apart which only that makes a separator."""
    breaks = list(islice(RARE.finditer(title), MAX_BREAKS))
    if not breaks:
        return None
    first, last = breaks[0], breaks[-1]
    if site.is_site(title[last.end() :]):
        return title[: last.start()].strip()
    return title[first.end() :].strip() if site.is_site(title[: first.start()]) else None
