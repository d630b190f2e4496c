"""What a site's robots.txt allows: its bytes go in, yes or no for a URL comes out. RFC 9309, read as Google reads it.

Pure. Which rule of a group wins is Protego's to say; lines, groups and names are read here, as it loses some. Slips of
the pen (`Dissallow`, a missing colon, `index.html` for a folder) are understood as Google's parser understands them; a
Crawl-delay, which neither knows, belongs to its group and ends none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Self

from protego import Protego

from newsclean.fetch.robots_lines import agents_of, paths_of, records, target_of

MAX_RULES = 10_000  # with so many, all of them with wildcards, a URL is judged in 3 ms
DEFAULT_AGENT = "newsclean"
ANY_SITE = "https://any.example"  # rules are for paths

_BEFORE_PATH = re.compile(r"(?://)?(?:[^/?;]*://)?[^/?;]*")  # scheme and host, with which a URL begins; both may lack
_DELAY = re.compile(r"\d{1,6}(?:\.\d{0,6})?|\.\d{1,6}", re.ASCII)  # a million seconds are more than any site means


class Robots:
    r"""The rules of one robots.txt.

    >>> robots = Robots.parse(b"User-agent: *\nDisallow: /archive/\nAllow: /archive/2026/")
    >>> robots.allows("https://news.example/archive/1998/"), robots.allows("https://news.example/archive/2026/")
    (False, True)
    """

    def __init__(self, groups: dict[str, list[_Group]]) -> None:
        self._groups = groups
        self._rules: dict[str, Protego] = {}

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the rules; whatever is no rule is skipped, so there is no error.

        Args:
            body: as served, decompressed. Of more than 500 KiB the lines that are complete by then count.
        """
        groups: dict[str, list[_Group]] = {}
        group = _Group()
        rules = 0
        for kind, value in records(body):
            if kind == "agent":
                if group.has_rules:
                    group = _Group()
                for name in agents_of(value):
                    groups.setdefault(name, []).append(group)
            elif kind == "delay":
                group.add_delay(value)
            elif rules < MAX_RULES:
                group.add(value, allow=kind == "allow")
                rules += 1
        # The first group may have begun before any user agent was named: then its rules are no one's.
        return cls(groups)

    def allows(self, url: str, agent: str = DEFAULT_AGENT) -> bool:
        """Tell whether a crawler may fetch a URL; robots.txt itself always (RFC 9309, 2.2.2).

        Args:
            url: absolute, or from its path on; the host is not looked at.
            agent: the crawler's name, best a product token (letters, "-", "_"); the case is of no account, nor what
                follows a slash ("bot/1.0").
        """
        name = _name_of(agent)
        if name not in self._rules:
            lines = ["User-agent: *", *(line for group in self._groups_of(name) for line in group.lines)]
            self._rules = {name: Protego.parse("\n".join(lines))}  # crawlers have one name: the last is enough to keep
        path = _BEFORE_PATH.sub("", url.partition("#")[0], count=1)
        target = target_of(path if path.startswith("/") else f"/{path}")
        return self._rules[name].can_fetch(ANY_SITE + target, name)

    def crawl_delay_s(self, agent: str = DEFAULT_AGENT) -> float | None:
        """Give the seconds that the site asks a crawler to leave between two requests; None if it doesn't."""
        groups = self._groups_of(_name_of(agent))
        return max((group.delay_s for group in groups if group.delay_s is not None), default=None)

    def _groups_of(self, name: str) -> list[_Group]:
        """All groups of an agent, or else those of `*`."""
        return self._groups.get(name) or self._groups.get("*") or []


@dataclass(slots=True)
class _Group:
    """What stands between the user agents that it is for and the next ones.

    Attributes:
        lines: its rules, as Protego reads them.
        delay_s: of several the longest.
        has_rules: an empty "Disallow:" is one, though nothing comes of it.
    """

    lines: list[str] = field(default_factory=list)
    delay_s: float | None = None
    has_rules: bool = False

    def add(self, value: str, *, allow: bool) -> None:
        """Add a path; an empty one matches nothing."""
        self.has_rules = True
        if value:
            key = "Allow" if allow else "Disallow"
            self.lines += [f"{key}: {path}" for path in paths_of(value, allow=allow)]

    def add_delay(self, value: str) -> None:
        """Note a delay."""
        if _DELAY.fullmatch(value):
            self.delay_s = max(self.delay_s or 0.0, float(value))


def _name_of(agent: str) -> str:
    return agent.partition("/")[0].strip().lower()
