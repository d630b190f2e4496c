"""Whose turn it is: so many URLs of one host are out at a time, and a host that must wait holds up no other. Pure.

Each host has places. A place is taken by a URL that may go or is out, or it rests until a given time; what finds none
free waits in the host's queue. After a failure of the host the queue goes on further down: faulty pages stand together,
and what tells a host that has failed from a few pages that do is a page of another part of the list. Time comes in as a
number. Whatever the number of hosts and URLs, no call takes longer than the logarithm of the places that rest, but
after a failure: that takes as long as the host's queue.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf

from newsclean.errors import BadUrl
from newsclean.urls import normalize_url, parts_of

FURTHER = 3  # a third of the queue: the two trials before a host is given up for good look at a third and two thirds


@dataclass(frozen=True, slots=True)
class Errand:
    """A URL to fetch.

    Attributes:
        ticket: the number by which the caller knows it.
        url: as it was given.
        tries: how often it was fetched and put back.
        prepared: it has been put back once after its host was prepared.
        host: as `host_of` gives it.
    """

    ticket: int
    url: str
    tries: int = 0
    prepared: bool = False
    host: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "host", host_of(self.url))


def host_of(url: str) -> str:
    """Give a URL's host, with the port if it is a special one; empty for what is no URL.

    >>> host_of("HTTP://News.Example:80/a"), host_of("https://news.example:8443/"), host_of("news")
    ('news.example', 'news.example:8443', '')
    """
    try:
        return parts_of(normalize_url(url)).netloc
    except BadUrl:
        return ""


@dataclass(slots=True)
class _Host:
    """One host that has errands here.

    Attributes:
        waiting: for a place.
        taken: how many places are not free.
        answered: it has, at least once, be it for its robots.txt.
        failing: it failed the last time.
        given_up: nobody waits for it any more.
    """

    waiting: deque[Errand] = field(default_factory=deque)
    taken: int = 0
    answered: bool = False
    failing: bool = False
    given_up: bool = False

    def go_further(self) -> None:
        """Have one from further down the queue go next, that has not been tried if there is one."""
        self.waiting.rotate(-(len(self.waiting) // FURTHER))
        for _ in self.waiting.copy():
            if not self.waiting[0].tries:
                return
            self.waiting.rotate(-1)


@dataclass(frozen=True, slots=True, order=True)
class _Rest:
    """A place of a host, or a single errand, that has nothing to do until its time has come.

    Attributes:
        until_s: by the caller's clock.
        number: the order of those with the same time.
        host: whose place it is.
        errand: the errand that waits on its own; None if it is a place.
        in_hope: it is worth waiting for even if nothing else is left to do.
    """

    until_s: float
    number: int
    host: str = field(compare=False)
    errand: Errand | None = field(compare=False)
    in_hope: bool = field(compare=False)


class Turns:
    """Gives turns.

    Args:
        per_host: how many errands of one host may be out.
    """

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}  # only those with errands here: a crawl meets more than memory should hold
        self._ready: deque[Errand] = deque()
        self._resting: list[_Rest] = []  # a heap
        self._hopes = 0
        self._numbers = count()

    @property
    def ready(self) -> int:
        """How many errands may go."""
        return len(self._ready)

    @property
    def next_s(self) -> float:
        """When the next rest ends; `inf` if nobody rests."""
        return self._resting[0].until_s if self._resting else inf

    @property
    def stuck(self) -> bool:
        """Whether none may go and all that rest do so for hosts that fail and have never answered."""
        return bool(self._resting) and not self._ready and not self._hopes

    def add(self, errand: Errand) -> None:
        """Take an errand in."""
        host = self._hosts.setdefault(errand.host, _Host())
        if host.taken < self._per_host:
            host.taken += 1
            self._ready.append(errand)
        else:
            host.waiting.append(errand)

    def take(self, now_s: float) -> Errand | None:
        """Give an errand that may go, which is out now, or None."""
        while self._resting and self._resting[0].until_s <= now_s:
            self._wake(heappop(self._resting))
        return self._ready.popleft() if self._ready else None

    def back(self, errand: Errand) -> None:
        """Free the place of an errand that was out, for the next of its host."""
        self._free(errand.host)

    def hold(self, errand: Errand, until_s: float) -> None:
        """Put an errand back that could not go: it is the next of its host, and the place rests."""
        self._hosts[errand.host].waiting.appendleft(errand)
        self._rest(until_s, errand.host)

    def requeue(self, errand: Errand, until_s: float) -> None:
        """Put an errand back that was out: it is the last of its host, and the place rests."""
        self._hosts[errand.host].waiting.append(errand)
        self._rest(until_s, errand.host)

    def set_aside(self, errand: Errand, until_s: float) -> None:
        """Put an errand back that was out; it alone rests, and not in hope: what it waits for is another host."""
        self._rest(until_s, errand.host, errand)
        self._free(errand.host)

    def learn(self, errand: Errand, *, failing: bool, answered: bool) -> None:
        """Note what an errand that is out has shown of its host: that it fails now, that it has answered before."""
        host = self._hosts[errand.host]
        host.failing = failing
        host.answered = host.answered or answered
        host.given_up = host.given_up and failing

    def give_up(self) -> None:
        """End all rests; nobody should wait for these hosts any more."""
        for rest in self._resting:
            self._hosts.setdefault(rest.host, _Host()).given_up = True
        resting, self._resting = self._resting, []
        for rest in sorted(resting):
            self._wake(rest)

    def given_up(self, errand: Errand) -> bool:
        """Whether nobody waits for this errand's host any more."""
        host = self._hosts.get(errand.host)
        return bool(host and host.given_up)

    def _rest(self, until_s: float, name: str, errand: Errand | None = None) -> None:
        host = self._hosts[name]
        in_hope = errand is None and (host.answered or not host.failing)
        self._hopes += in_hope
        heappush(self._resting, _Rest(until_s, next(self._numbers), name, errand, in_hope))

    def _wake(self, rest: _Rest) -> None:
        self._hopes -= rest.in_hope
        if rest.errand:
            self.add(rest.errand)
        else:
            self._free(rest.host)

    def _free(self, name: str) -> None:
        """Give a place to the next of the host that waits, or leave it free."""
        host = self._hosts[name]
        if host.failing:
            host.go_further()
        if host.waiting:
            self._ready.append(host.waiting.popleft())
            return
        host.taken -= 1
        if not host.taken:
            del self._hosts[name]
