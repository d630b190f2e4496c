"""The parts of an article that a caller may keep or drop. Apart from model.py, so that `--help` need not load that."""

from __future__ import annotations

from typing import Literal, get_args

Part = Literal[
    "captions",
    "corrections",
    "credits",
    "dateline",
    "fact-boxes",
    "lists",
    "posts",
    "standfirst",
    "tables",
    "tweets",
]
PARTS: tuple[Part, ...] = get_args(Part)
# What the seeds and most of the labelled bodies leave out. Of 286 blocks of tweets on labelled news pages 42 are body.
DROPPED: frozenset[Part] = frozenset({"captions", "credits", "fact-boxes", "posts", "tweets"})
