"""What the caller may choose about cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.clean.rule_ids import check_rules
from newsclean.parts import DROPPED, PARTS, Part

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of one call; the defaults are those of the labelled news corpora.

    By default captions, credits, fact boxes, tweets and later numbered posts go, corrections and dateline stay, and of
    lists, live entries, standfirst and tables what looks like article.

    Attributes:
        keep: parts that stay whatever speaks against them, where they are recognised: by place, class or words.
        drop: parts that go whatever speaks for them, likewise.
        without: ids of rules that change nothing, as changes name them: "en/share-buttons", "text-model".
        rules: a folder of the caller's own site rules, files <host>.toml as in newsclean/rules/site.
        repair_mojibake: mend text that was decoded wrongly ("cafÃ©"); needs newsclean[mojibake].

    Raises:
        ValueError: a part is not one of PARTS, or is both kept and dropped; `without` names what is no rule.
        RuleError: `without` names a rule that is not packaged, and `rules` can't be read.
    """

    keep: frozenset[Part] = frozenset()
    drop: frozenset[Part] = frozenset()
    without: frozenset[str] = frozenset()
    rules: Path | None = None
    repair_mojibake: bool = False

    def __post_init__(self) -> None:
        unknown = (self.keep | self.drop) - set(PARTS)
        if unknown:
            raise ValueError(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        if self.keep & self.drop:
            raise ValueError(f"both kept and dropped: {', '.join(sorted(self.keep & self.drop))}")
        if self.without:
            check_rules(self.without, self.rules)

    def drops(self, part: Part) -> bool:
        """Whether that part of an article goes."""
        return part in self.drop or (part in DROPPED and part not in self.keep)
