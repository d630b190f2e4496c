"""Where a run stands, read from its ledger without being in its way: while it goes on, or after it has ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsclean.batch.item import NAMES, Item
from newsclean.batch.ledger import LEDGER, SCHEMA, said_of
from newsclean.batch.lock import is_held
from newsclean.errors import InputError

MOST_HOSTS = 10
WAIT_S = 10.0  # for a run that is just opening or closing its ledger
FAILED = "state IN ('failed', 'deferred')"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a ledger says of its list and of the last run.

    Attributes:
        complete: whether all inputs of the list are in the ledger; that of an endless list never are.
        states: state -> how many inputs are in it.
        reasons: reason -> how many inputs failed for it, the most frequent first.
        hosts: host -> how many of its pages failed; the MOST_HOSTS with the most.
        run: the number of the last run.
        version: of newsclean, in that run.
        elsewhere: how many texts the folder has beside those of the list, from other lists.
        began, wrote, ended: when it began, last wrote, and ended; `ended` is None if it goes on, or was killed.
        running: whether it goes on; None if it has not ended and nobody can know, as where there are no locks.
    """

    complete: bool
    states: dict[str, int]
    reasons: dict[str, int]
    hosts: dict[str, int]
    elsewhere: int
    run: int
    version: str
    began: str
    wrote: str
    ended: str | None
    running: bool | None


def read_standing(out: str | Path) -> Standing:
    """Where the run into a folder stands.

    Raises:
        InputError: missing_file: there is no ledger; unreadable_file.
    """
    held = is_held(Path(out))
    with reading(out) as db:
        db.execute("BEGIN")  # all answers are of one moment
        (complete,) = db.execute("SELECT complete FROM folder").fetchone()
        last = db.execute("SELECT id, version, began, wrote, ended FROM run ORDER BY id DESC LIMIT 1").fetchone()
        run, version, began, wrote, ended = last or (0, "", "", "", None)
        return Standing(
            bool(complete),
            dict(db.execute("SELECT state, COUNT(*) FROM item GROUP BY state")),
            dict(db.execute(f"SELECT reason, COUNT(*) FROM item WHERE {FAILED} GROUP BY reason ORDER BY 2 DESC, 1")),  # noqa: S608
            dict(
                db.execute(
                    f"SELECT host, COUNT(*) FROM item WHERE {FAILED} AND host != '' "  # noqa: S608
                    f"GROUP BY host ORDER BY 2 DESC, 1 LIMIT {MOST_HOSTS}"
                )
            ),
            others(db),
            run,
            version,
            began,
            wrote,
            ended,
            not ended and (held or is_held(Path(out))),  # asked twice: it may have begun or ended meanwhile
        )


def read_failed(out: str | Path) -> Iterator[Item]:
    """The inputs of the list that have failed, in order; errors as `read_standing`."""
    with reading(out) as db:
        there = {name for _, name, *_ in db.execute("PRAGMA table_info(item)")}
        columns = ", ".join(name if name in there else "0" for name in NAMES)  # an earlier version had no attempts
        for row in db.execute(f"SELECT {columns} FROM item WHERE {FAILED} ORDER BY idx"):  # noqa: S608
            yield Item.of(row)


def left_to_do(out: str | Path) -> tuple[int, int] | None:
    """How many inputs the list has, and how many of them are pending; None if that is not known."""
    with reading(out) as db:
        (complete,) = db.execute("SELECT complete FROM folder").fetchone()
        if not complete:
            return None
        (total,) = db.execute("SELECT COALESCE(MAX(idx) + 1, 0) FROM item").fetchone()
        (pending,) = db.execute("SELECT COUNT(*) FROM item WHERE state = 'pending'").fetchone()
        return int(total), int(pending)


def texts_of_other_lists(out: str | Path) -> int:
    """How many texts the folder and its manifest have beside those of the last list."""
    with reading(out) as db:
        return others(db)


def others(db: sqlite3.Connection) -> int:
    """The same, of an open ledger."""
    (count,) = db.execute("SELECT COUNT(*) FROM earlier WHERE state = 'done'").fetchone()
    return int(count)


@contextmanager
def reading(out: str | Path) -> Iterator[sqlite3.Connection]:
    """A connection that can't write."""
    path = Path(out) / LEDGER
    if not path.is_file():
        raise InputError("no run has written there", reason="missing_file", url=str(path))
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_S)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'folder'").fetchone():
                raise InputError("it is no ledger of newsclean, or nothing is in it yet", url=str(path))
            if db.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
                raise InputError("a newer newsclean has written this ledger: ask that one", url=str(path))
            yield db
    except sqlite3.Error as error:
        raise InputError(said_of(error), url=str(path)) from error
