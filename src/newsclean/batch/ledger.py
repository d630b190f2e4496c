"""`ledger.sqlite`: what is to be done in an output folder and what became of it. Only this writes it.

One run writes, in batches: what is not committed when it is killed was never there, and its inputs are done again. The
rows of the list that runs are in `item`, by position; what other lists brought into the folder is in `earlier`, by key.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from types import TracebackType

from newsclean.batch.item import NAMES, Item, encoded, values_of
from newsclean.batch.settings import package_version
from newsclean.batch.sources import Input
from newsclean.errors import REASONS, OutputError
from newsclean.urls import parts_of

LEDGER = "ledger.sqlite"
SCHEMA = 2  # 1 had no attempts
BUSY_S = 30.0  # that a commit waits for a reader, as `newsclean status` is one; in WAL mode it hardly ever has to
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "cache_size = -65536",  # KiB: the index of a million keys
    "temp_store = FILE",
)
ROW = """source TEXT NOT NULL, page INTEGER NOT NULL, host TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('pending', 'done', 'failed', 'deferred', 'duplicate')),
    run INTEGER NOT NULL, file TEXT, record TEXT, reason TEXT, message TEXT, final_url TEXT, title TEXT,
    words INTEGER NOT NULL, warnings INTEGER NOT NULL, options TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0"""
TABLES = f"""BEGIN;
CREATE TABLE item(idx INTEGER PRIMARY KEY, key TEXT NOT NULL, {ROW});
CREATE UNIQUE INDEX item_key ON item(key) WHERE key != '' AND state != 'duplicate';
CREATE INDEX item_pending ON item(idx) WHERE state = 'pending';
CREATE INDEX item_of_host ON item(host, idx) WHERE state = 'pending';
CREATE TABLE earlier(key TEXT PRIMARY KEY, idx INTEGER NOT NULL, {ROW}) WITHOUT ROWID;
CREATE TABLE folder(digest TEXT NOT NULL, complete INTEGER NOT NULL, articles_bytes INTEGER);
INSERT INTO folder VALUES('', 0, NULL);
CREATE TABLE run(id INTEGER PRIMARY KEY, version TEXT NOT NULL, began TEXT NOT NULL, wrote TEXT NOT NULL, ended TEXT);
PRAGMA user_version = {SCHEMA};
COMMIT;"""

SINCE_1 = f"""BEGIN;
ALTER TABLE item ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE earlier ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = {SCHEMA};
COMMIT;"""

COLUMNS = ", ".join(NAMES)
SELECT = f"SELECT {COLUMNS} FROM"
INSERT = f"INSERT INTO item({COLUMNS}) VALUES({', '.join('?' * len(NAMES))})"
SETTLED = NAMES.index("state")  # the columns from here on tell what became of an input
SETTLE = f"UPDATE item SET {', '.join(f'{name} = ?' for name in NAMES[SETTLED:])} WHERE idx = ?"  # noqa: S608 - ours
MOVE = f"INSERT OR REPLACE INTO earlier({COLUMNS}) {SELECT} item WHERE state != 'duplicate' AND key != ''"
FIRST = "SELECT {} FROM item AS first WHERE first.key = item.key AND first.state != 'duplicate'"

UNREAD = "SELECT 1 FROM item WHERE key = '' AND reason IN ('missing_file', 'unreadable_file') LIMIT 1"


class Ledger:
    """The ledger of one folder, open for the one run that may write to it.

    Args:
        path: of the file, made if it is missing.

    Attributes:
        run: the number of this run, from 1.
        all_ended: whether all runs before came to their ends; True if there was none.

    Raises:
        OutputError: disk_full or write_error, on opening and from every method.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with told(path):
            # not bound to a thread: a generator may be advanced by one and then another
            self._db = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)
            try:
                prepare(self._db, path)
                self.all_ended = not self._db.execute("SELECT 1 FROM run WHERE ended IS NULL LIMIT 1").fetchone()
                row = (package_version(), time_now(), time_now())
                began = self._db.execute("INSERT INTO run(version, began, wrote) VALUES(?, ?, ?)", row)
                self.run = int(began.lastrowid or 0)
                self._db.commit()
            except BaseException:
                self._db.close()
                raise

    # The list of inputs

    def take_list(self, digest: str | None, *, anew: bool = False) -> bool:
        """Have the rows of the list that this digest names; those of any other become earlier ones.

        Args:
            digest: None for inputs that may differ the next time: they are never the list that is here.
            anew: read it again if one of its saved pages could not be read: it may be there now.

        Returns:
            Whether all rows of the list are here, so that it need not be read again.
        """
        with told(self.path):
            known, complete = self._db.execute("SELECT digest, complete FROM folder").fetchone()
            if digest is None or known != digest or (anew and self._db.execute(UNREAD).fetchone()):
                self._db.execute(MOVE)
                self._db.execute("DELETE FROM item")
                self._db.execute("UPDATE folder SET digest = ?, complete = 0", (digest or "",))
                self._db.commit()
                return False
            return bool(complete)

    def complete_list(self) -> None:
        """Say that all rows of the list are here."""
        with told(self.path):
            self._db.execute("UPDATE folder SET complete = 1")
            self._db.commit()

    def loaded(self) -> int:
        """How many rows of the list are here."""
        with told(self.path):
            return int(self._db.execute("SELECT COALESCE(MAX(idx) + 1, 0) FROM item").fetchone()[0])

    def add(self, index: int, item: Input) -> Item:
        """Have a row for the next input of the list; gives what is known of it, from earlier lists as well."""
        error = item.error
        host = "" if item.file or error else parts_of(item.source).netloc.lower()
        row = Item(index, item.source, item.key, item.file is not None, host, "pending", self.run)
        with told(self.path):
            if error:
                row = replace(row, run=0, key="", state="failed", reason=error.reason, message=str(error))
            elif before := self._take_earlier(item.key):
                row = replace(before, index=index, source=row.source, page=row.page, host=host)
            try:
                self._write(INSERT, values_of(row))
            except sqlite3.IntegrityError:  # another row has the key
                row = replace(row, run=0, state="duplicate", reason="duplicate", message=REASONS["duplicate"])
                self._write(INSERT, values_of(row))
        return row

    def insert(self, items: Iterable[Item]) -> None:
        """Have these rows as they are."""
        with told(self.path):
            self._db.executemany(INSERT, map(values_of, items))

    def reopen(self, *, failed: bool) -> None:
        """Make pending again what failed for now, and what failed at all if that is asked."""
        states = "('deferred', 'failed')" if failed else "('deferred')"
        with told(self.path):
            for table in ("item", "earlier"):
                self._db.execute(
                    f"UPDATE {table} SET state = 'pending' WHERE state IN {states} AND key != ''"  # noqa: S608 - ours
                )
            self._db.commit()

    # Rows

    def first_of(self, key: str) -> Item:
        """The row that the duplicates with this key repeat."""
        return self._items("item WHERE key = ? AND key != '' AND state != 'duplicate'", key)[0]

    def pending(self, after: int, limit: int) -> list[Item]:
        """The next pending rows, in order, behind the one at `after`."""
        return self._items("item WHERE state = 'pending' AND idx > ? ORDER BY idx LIMIT ?", after, limit)

    def pending_of(self, host: str, begin: int, end: int, limit: int) -> list[Item]:
        """The first pending rows of a host from `begin` to before `end`."""
        where = "item WHERE state = 'pending' AND host = ? AND idx >= ? AND idx < ? ORDER BY idx LIMIT ?"
        return self._items(where, host, begin, end, limit)

    def settled_before(self, after: int, limit: int) -> list[Item]:
        """The next rows that an earlier run has settled, in order, behind the one at `after`."""
        return self._items(
            "item WHERE idx > ? AND run < ? AND state != 'pending' ORDER BY idx LIMIT ?", after, self.run, limit
        )

    def settle(self, item: Item) -> Item:
        """Write what became of an input; gives the row as it is now."""
        item = replace(item, run=self.run)
        with told(self.path):
            self._write(SETTLE, (*values_of(item)[SETTLED:], item.index))
        return item

    def known(self) -> Iterator[Item]:
        """What the manifest tells, sorted by index: the list's rows that are settled, and articles of other lists.

        A duplicate has the file of the one that it repeats.
        """
        columns = COLUMNS.replace(
            " file,", f" CASE state WHEN 'duplicate' THEN ({FIRST.format('file')}) ELSE file END,"
        )
        settled = f"state != 'pending' AND (state != 'duplicate' OR ({FIRST.format('state')}) != 'pending')"
        with told(self.path):
            listed = self._db.execute(f"SELECT {columns} FROM item WHERE {settled} ORDER BY idx")  # noqa: S608 - ours
            earlier = self._db.execute(f"{SELECT} earlier WHERE state = 'done' ORDER BY idx, key")
            yield from heapq.merge(map(Item.of, listed), map(Item.of, earlier), key=attrgetter("index"))

    # Transactions

    def articles_bytes(self) -> int | None:
        """How long the file of all records was at the last commit; None if there was none."""
        with told(self.path):
            size: int | None = self._db.execute("SELECT articles_bytes FROM folder").fetchone()[0]
        return size

    def commit(self, articles_bytes: int | None = None) -> None:
        """Have all that was written on the disk; the files that it speaks of must be there already."""
        with told(self.path):
            if articles_bytes is not None:
                self._db.execute("UPDATE folder SET articles_bytes = ?", (articles_bytes,))
            self._db.execute("UPDATE run SET wrote = ? WHERE id = ?", (time_now(), self.run))
            self._db.commit()

    def end_run(self) -> None:
        """Note that this run has come to its end."""
        with told(self.path):
            self._db.execute("UPDATE run SET ended = ? WHERE id = ?", (time_now(), self.run))
            self._db.commit()

    def rollback(self) -> None:
        """Forget what is not committed."""
        with suppress(sqlite3.Error):
            self._db.rollback()

    def close(self) -> None:
        """Leave one file that needs no other; what is not committed is forgotten."""
        self.rollback()
        with suppress(sqlite3.Error):  # a reader holds it, or the disk is full: then its log stays beside it
            self._db.execute("PRAGMA journal_mode = DELETE")
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _write(self, sql: str, values: tuple[object, ...]) -> None:
        try:
            self._db.execute(sql, values)
        except UnicodeEncodeError:
            self._db.execute(sql, encoded(values))

    def _items(self, rest: str, *values: object) -> list[Item]:
        with told(self.path):
            return [Item.of(row) for row in self._db.execute(f"{SELECT} {rest}", values)]

    def _take_earlier(self, key: str) -> Item | None:
        found = self._items("earlier WHERE key = ?", key)
        if found:
            self._db.execute("DELETE FROM earlier WHERE key = ?", (key,))
        return found[0] if found else None


def prepare(db: sqlite3.Connection, path: Path) -> None:
    """Have the tables, and writes that outlive a power cut.

    Raises:
        OutputError: a newer version has written them, or the database is somebody else's.
    """
    (schema,) = db.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and not (schema and {"item", "run"} <= tables):
        raise OutputError("no run has written this database: name another folder", url=str(path))
    if schema > SCHEMA:
        raise OutputError("a newer newsclean has written this ledger: go on with that one", url=str(path))
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    if not schema:
        db.executescript(TABLES)
    elif schema < SCHEMA:
        db.execute("UPDATE item SET message = ? WHERE state = 'duplicate'", (REASONS["duplicate"],))
        db.executescript(SINCE_1)


def time_now() -> str:
    """Now, ISO 8601 in UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into an OutputError about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise OutputError(said_of(error), reason="disk_full" if full else "write_error", url=str(path)) from error


def said_of(error: sqlite3.Error) -> str:
    """What is wrong with a ledger, and if it is damaged, the way out."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return f"{error}: the ledger is damaged; name another folder, or take it away: then all is done again"
    return str(error)
