"""Who made an article, and the opening that names its agency."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

PersonKind = Literal["person", "agency", "organization"]
Role = Literal["author", "reporter", "editor", "photographer", "translator", "contributor"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an agency or desk, named in a byline or a credit line.

    Attributes:
        name: for display, with the case repaired; an agency's usual name ("AP").
        printed: as it stood there ("THE ASSOCIATED PRESS").
        kind: person, agency or organization.
        role: what they did.
        job: as printed ("Senior Health Correspondent").
        agency: the agency or outlet they work for.
        location: where they wrote from.
    """

    name: str
    printed: str = ""
    kind: PersonKind = "person"
    role: Role = "author"
    job: str | None = None
    agency: str | None = None
    location: str | None = None
    email: str | None = None
    handle: str | None = None

    def to_dict(self) -> dict[str, str]:
        """The fields that say something: a person with nothing but a name is {"name": …, "role": …}."""
        said = {k: v for k, v in asdict(self).items() if v}
        if self.kind == "person":
            del said["kind"]
        if self.printed == self.name:
            said.pop("printed", None)
        return said


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency story: `SEOUL, May 3 (Reuters) - `.

    Attributes:
        location: as printed.
        date: as printed; it has no year.
        agency: the agency's usual name.
        printed: the whole opening, up to the first word of the story.
    """

    location: str
    date: str | None = None
    agency: str | None = None
    printed: str = ""

    def to_dict(self) -> dict[str, str]:
        """The fields that say something."""
        return {k: v for k, v in asdict(self).items() if v}
