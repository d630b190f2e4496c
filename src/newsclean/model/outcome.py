"""What a batch comes to for one input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["done", "skipped", "duplicate", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch reports for one input: a file, or a reason why there is none.

    Attributes:
        index: position in the input, from 0.
        source: the input as it was given.
        status: done, skipped (was done before), duplicate or failed.
        path: the text file, relative to the output folder; None if it failed.
        reason: a key of errors.REASONS if it failed or is a duplicate; if it was skipped, why it could not be done
            again and keeps its text, None if there was no need to.
        message: the reason in words, with what was seen.
        final_url: after redirects, if it was fetched.
        title: of the article, if there is one.
        words: in the text.
        warnings: those of the article.
        took_s: seconds that fetching it took, with its pauses and repeats; 0 if nothing was fetched.
        earlier: an earlier run came to this, and this one did not try it; `retry_failed` tries what failed again.
    """

    index: int
    source: str
    status: Status
    path: str | None = None
    reason: str | None = None
    message: str | None = None
    final_url: str | None = None
    title: str | None = None
    words: int = 0
    warnings: tuple[str, ...] = field(default=())
    took_s: float = 0.0
    earlier: bool = False
