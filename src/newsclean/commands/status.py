"""`newsclean status`: where a run stands, and what has failed."""

from __future__ import annotations

import argparse
import json

from newsclean.batch.item import Item
from newsclean.batch.standing import Standing, read_failed, read_standing
from newsclean.cli import DONE, inert

WORDS = (
    ("done", "done"),
    ("failed", "failed"),
    ("deferred", "failed for now"),
    ("duplicate", "duplicate"),
    ("pending", "to do"),
)
UNENDED = {
    True: "goes on",
    False: "has not ended: it was killed or broke off",
    None: "has not ended: it goes on, was killed or broke off",
}
FORMULA = "=+-@＝＋－＠"  # what makes a spreadsheet compute a cell


def show_status(args: argparse.Namespace) -> int:
    """Print where the run into a folder stands, or what failed there; returns the exit status.

    Raises:
        InputError: there is no ledger, or it can't be read.
    """
    if args.failed:
        for item in read_failed(args.out):
            print(json_line(item) if args.json else tab_line(item))
    elif args.json:
        print(json.dumps(as_dict(read_standing(args.out))))
    else:
        print("\n".join(map(inert, lines(read_standing(args.out), args.out))))
    return DONE


def lines(standing: Standing, out: str) -> list[str]:
    """What a person wants to know."""
    total = sum(standing.states.values())
    counts = ", ".join(f"{standing.states[s]:,} {word}" for s, word in WORDS if standing.states.get(s))
    inputs = f"{total:,} {'input' if total == 1 else 'inputs'}{'' if standing.complete else ' read so far'}"
    said = [f"{out}: {inputs}{': ' if counts else ''}{counts}"]
    if standing.elsewhere:
        said.append(f"beside these, texts of other lists: {standing.elsewhere:,}")
    if standing.reasons:
        said.append("failed: " + ", ".join(f"{n:,} {reason}" for reason, n in standing.reasons.items()))
    if standing.hosts:
        said.append("hosts with most failures: " + ", ".join(f"{host} {n:,}" for host, n in standing.hosts.items()))
    end = f"ended {standing.ended}" if standing.ended else UNENDED[standing.running]
    said.append(f"run {standing.run} began {standing.began}, last wrote {standing.wrote}, {end}")
    if not standing.running and (standing.states.get("pending") or standing.states.get("deferred")):
        said.append("to go on, run the same command again")
    return said


def as_dict(standing: Standing) -> dict[str, object]:
    """The same for programs."""
    return {name: getattr(standing, name) for name in standing.__slots__}


def json_line(item: Item) -> str:
    """A failure as a JSON object; all that is not ASCII is escaped, so that a terminal obeys none of it."""
    told = ("index", "source", "reason", "message", "attempts")
    return json.dumps({name: getattr(item, name) for name in told})


def tab_line(item: Item) -> str:
    """A failure as source and reason, a tab between."""
    return f"{cell(item.source)}\t{item.reason}"


def cell(text: str) -> str:
    r"""The text as a cell of a table that neither a terminal nor a spreadsheet obeys.

    >>> cell("=cmd|'/c calc'!A0"), cell("a\tb\x1b")
    ("'=cmd|'/c calc'!A0", 'a b ')
    """
    text = inert(text).replace("\t", " ").replace("\n", " ")
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text
