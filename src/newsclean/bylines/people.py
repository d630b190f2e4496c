"""A byline while it is read: the people that it has named so far, and what is said of them afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from newsclean.bylines.labels import Label
from newsclean.model import Person, PersonKind


@dataclass(slots=True)
class Roll:
    """People in order of appearance.

    Attributes:
        people: as far as they are named.
        group: index of the first that the label in force names: a place or an agency behind them holds for these.
        waiting: an e-mail address or a handle that stood before the first name.
    """

    people: list[Person] = field(default_factory=list)
    group: int = 0
    waiting: dict[str, str] = field(default_factory=dict)

    @property
    def in_group(self) -> bool:
        """Whether the label in force has named somebody."""
        return len(self.people) > self.group

    @property
    def last(self) -> Person | None:
        """The last of the group if it is a person."""
        person = self.people[-1] if self.in_group else None
        return person if person and person.kind == "person" else None

    def start_group(self) -> None:
        """A new label is in force."""
        self.group = len(self.people)

    def add(self, person: Person) -> None:
        """One more; what waited for a person goes to the first."""
        if person.kind == "person":
            person = _with(person, self.waiting)
            self.waiting = {}
        self.people.append(person)

    def amend(self, person: Person) -> None:
        """Put the last one's fuller form in its place."""
        self.people[-1] = person

    def contact(self, key: str, value: str) -> None:
        """An address belongs to the person before it, else to the first behind it."""
        if self.people and self.people[-1].kind == "person":
            self.amend(_with(self.people[-1], {key: value}))
        else:
            self.waiting[key] = value

    def locate(self, place: str) -> None:
        """Say where those of the group wrote from of whom it is not known yet."""
        self._tell("location", place, {"person", "agency"})

    def employ(self, agency: str) -> None:
        """Say for whom those of the group work of whom it is not known yet."""
        self._tell("agency", agency, {"person"})

    def _tell(self, key: str, value: str, kinds: set[str]) -> None:
        for i in range(self.group, len(self.people)):
            person = self.people[i]
            if value and person.kind in kinds and not getattr(person, key):
                self.people[i] = _with(person, {key: value})

    def unique(self) -> tuple[Person, ...]:
        """The people, each once: of several with one name the first."""
        once: dict[str, Person] = {}
        for person in self.people:
            once.setdefault("".join(filter(str.isalnum, person.name.casefold())), person)
        return tuple(once.values())


@dataclass(slots=True)
class Line:
    """What is known of a line while it is read.

    Attributes:
        credit: it is a credit line.
        shouted: it is all in capitals.
        said_by: the reader that understood the chunk before.
        complete, labelled, dated: as in grammar.Reading, so far.
        in_date: a year can follow.
        photo: it names an agency that only sells pictures.
        at_end: the chunk that is read is the last.
    """

    credit: bool
    shouted: bool
    roll: Roll = field(default_factory=Roll)
    said_by: Callable[..., bool] | None = None
    complete: bool = True
    labelled: bool = False
    dated: bool = False
    in_date: bool = False
    photo: bool = False
    at_end: bool = False

    def add(self, label: Label | None, name: str, kind: PersonKind, printed: str) -> None:
        """Put a name on the roll, unless its label says that it wrote nothing."""
        if label and label.role is None:
            self.complete = False
        else:
            self.roll.add(Person(name, printed, kind, label.role if label and label.role else "author"))


def _with(person: Person, fields: dict[str, str]) -> Person:
    return replace(person, **fields)  # type: ignore[arg-type]
