"""The readers of chunks, in the order in which they are asked: the first that understands a chunk records what it says.

A reader that does not understand it changes nothing and returns False.
"""

from __future__ import annotations

from collections.abc import Callable

from newsclean.bylines.chunks import Chunk
from newsclean.bylines.jobs import read_job, read_job_and_name
from newsclean.bylines.outlets import read_agency, read_commission, read_desk, read_organisation
from newsclean.bylines.people import Line
from newsclean.bylines.persons import (
    read_credential,
    read_name,
    read_name_and_agency,
    read_name_for_outlet,
    read_placeholder,
    read_role_in_brackets,
)
from newsclean.bylines.places import read_name_in_place, read_place, read_place_behind_job

READERS: tuple[Callable[[Line, Chunk], bool], ...] = (
    read_placeholder,
    read_agency,
    read_desk,
    read_role_in_brackets,
    read_credential,
    read_place,
    read_place_behind_job,
    read_commission,
    read_job,
    read_job_and_name,
    read_name_in_place,
    read_name_for_outlet,
    read_name_and_agency,
    read_organisation,
    read_name,
)
