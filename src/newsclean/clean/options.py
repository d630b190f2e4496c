"""What the caller may choose about cleaning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from newsclean.clean.rule_ids import check_rules
from newsclean.errors import UsageError
from newsclean.parts import DROPPED, PARTS, Part
from newsclean.rules import folder_of

if TYPE_CHECKING:
    from pathlib import Path

Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True, init=False)
class Options:
    """The choices of one call; the defaults are those of the labelled news corpora.

    By default captions, credits, fact boxes, tweets and later numbered posts go, corrections and dateline stay, and of
    lists, live entries, standfirst and tables what looks like article.

    Of names any iterable will do, or a single one; of `rules` the folder's name as well.

    Attributes:
        keep: parts that stay whatever speaks against them, where they are recognised: by place, class or words.
        drop: parts that go whatever speaks for them, likewise.
        without: ids of rules that change nothing, as changes name them: "en/share-buttons", "text-model".
        rules: a folder of the caller's own site rules, files <host>.toml as in newsclean/rules/site.
        repair_mojibake: mend text that was decoded wrongly ("cafÃ©"); needs newsclean[mojibake].

    Raises:
        UsageError: a part is not one of PARTS, or is both kept and dropped; `without` names what is no rule.
        RuleError: `without` names a rule that is not packaged, and `rules` can't be read.
    """

    keep: frozenset[Part]
    drop: frozenset[Part]
    without: frozenset[str]
    rules: Path | None
    repair_mojibake: bool

    def __init__(
        self,
        keep: Iterable[Part] = (),
        drop: Iterable[Part] = (),
        without: Iterable[str] = (),
        rules: str | Path | None = None,
        repair_mojibake: bool = False,
    ) -> None:
        assign = partial(object.__setattr__, self)  # it is frozen
        assign("keep", names(keep))
        assign("drop", names(drop))
        assign("without", names(without))
        assign("rules", folder_of(rules))
        assign("repair_mojibake", repair_mojibake)
        unknown = (self.keep | self.drop) - set(PARTS)
        if unknown:
            raise UsageError(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        if self.keep & self.drop:
            raise UsageError(f"both kept and dropped: {', '.join(sorted(self.keep & self.drop))}")
        if self.without:
            check_rules(self.without, self.rules)

    def drops(self, part: Part) -> bool:
        """Whether that part of an article goes."""
        return part in self.drop or (part in DROPPED and part not in self.keep)


def names(given: Iterable[Name]) -> frozenset[Name]:
    """The names; a text is one name, not its letters.

    >>> names("tables"), names(["tables"])
    (frozenset({'tables'}), frozenset({'tables'}))
    """
    return frozenset((cast("Name", given),) if isinstance(given, str) else given)
