"""The ids of all rules, so that a misspelt one is told instead of switching nothing off."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from newsclean.errors import UsageError
from newsclean.rules import all_ids, folder_ids

if TYPE_CHECKING:
    from pathlib import Path

# Of the rules that are code; tests/clean/test_clean_rule_ids.py holds them against the calls of Change and its like.
CODED = frozenset(
    (
        "above-headline aside author-bio body-model breadcrumb byline caption comments contents credits date-line "
        "dateline fact-box headline hidden initials last-heading later-post list list-heading no-words normalise-text "
        "orphan-fragment pull-quote repeated-paragraph standfirst table teaser text-model tweet"
    ).split()
)
SHOWN = 3


def check_rules(ids: Iterable[str], folder: Path | None = None) -> None:
    """Return if all these are ids of rules.

    Args:
        ids: as changes name them: "headline", "en/share-buttons".
        folder: the caller's own site rules.

    Raises:
        UsageError: one is none; the message has the most similar ones.
        RuleError: a file in `folder` is wrong, or it is no folder.
    """
    unknown = sorted(set(ids) - packaged_ids())
    own = folder_ids(folder) if unknown and folder else frozenset()
    for rule in unknown:
        if rule not in own:
            raise UsageError(f"no such rule: {rule}; {like(rule, packaged_ids() | own)}")


@cache
def packaged_ids() -> frozenset[str]:
    """Those that newsclean brings along."""
    return CODED | all_ids()


def like(rule: str, known: frozenset[str]) -> str:
    """What may have been meant, in words; who leaves the language out means English first."""
    names: dict[str, str] = {}
    for each in sorted(known, key=lambda each: (not each.startswith("en/"), each)):
        names.setdefault(each if "/" in rule else each.rpartition("/")[2], each)
    if near := get_close_matches(rule, names, SHOWN):
        return f"did you mean {' or '.join(names[name] for name in near)}?"
    return "--explain and the changes in the records name each rule that did something"
