"""Whose turn it is: so many URLs of one host are out at a time; its others wait, and those of other hosts go ahead."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

from newsclean.urls import parts_of


@dataclass(frozen=True, slots=True)
class Errand:
    """A URL to fetch.

    Attributes:
        ticket: the number by which the caller knows it.
        url: as it was given.
    """

    ticket: int
    url: str

    @property
    def host(self) -> str:
        """With its port; empty for what can't be read as a URL."""
        return parts_of(self.url).netloc.lower()


@dataclass(slots=True)
class Turns:
    """Keeps count of the errands that are out and of those that wait for their host.

    Attributes:
        per_host: how many of one host may be out.
        out: how many are, over all hosts.
    """

    per_host: int
    out: int = 0
    _out_of: Counter[str] = field(default_factory=Counter)
    _waiting: defaultdict[str, deque[Errand]] = field(default_factory=lambda: defaultdict(deque))

    def may_go(self, errand: Errand) -> bool:
        """Count an errand as out, or let it wait until `back` gives it."""
        if self._out_of[errand.host] >= self.per_host:
            self._waiting[errand.host].append(errand)
            return False
        self._out_of[errand.host] += 1
        self.out += 1
        return True

    def back(self, errand: Errand) -> Errand | None:
        """Take an errand that was out back; gives the next of its host, which is out now."""
        host = errand.host
        if following := self._waiting.get(host):
            errand = following.popleft()
            if not following:
                del self._waiting[host]
            return errand
        self.out -= 1
        self._out_of[host] -= 1
        if not self._out_of[host]:
            del self._out_of[host]  # a crawl meets more hosts than memory should hold
        return None
