"""The notation of the tables here: `Ann Bell;role=editor;location=Rome · AP;kind=agency`."""

from __future__ import annotations

import pytest

from newsclean.model import Person


class People:
    """Compares people with their notation, whatever the order of the fields."""

    @staticmethod
    def read(notation: str) -> list[list[str]]:
        """What the notation says: for each person the name and the fields, sorted."""
        return [sorted(part.split(";")) for part in notation.split(" · ") if part]

    @staticmethod
    def show(people: tuple[Person, ...]) -> list[list[str]]:
        """The same of people."""
        return [sorted(_fields(p)) for p in people]


def _fields(person: Person) -> list[str]:
    told = {k: v for k, v in person.to_dict().items() if k not in {"name", "printed"}}
    if told["role"] == "author":
        del told["role"]
    return [person.name, *(f"{k}={v}" for k, v in told.items())]


@pytest.fixture(scope="session")
def notation() -> type[People]:
    return People
