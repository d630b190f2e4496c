"""The parts of an article that a caller may keep or drop. Apart from model.py, so that `--help` need not load that."""

from __future__ import annotations

from typing import Literal, get_args

Part = Literal["dateline", "credits", "captions", "corrections", "lists"]
PARTS: tuple[Part, ...] = get_args(Part)
