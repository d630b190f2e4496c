"""Bylines, credit lines and datelines: from printed text to people and places. Pure; no I/O but its own data files."""

from __future__ import annotations

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.byline import is_byline, is_job_line, parse_byline, rests_on_date
from newsclean.bylines.case import repair_case
from newsclean.bylines.credits import parse_credits
from newsclean.bylines.dateline import parse_dateline
from newsclean.bylines.names import is_name

__all__ = [
    "agency_of",
    "is_byline",
    "is_job_line",
    "is_name",
    "parse_byline",
    "parse_credits",
    "parse_dateline",
    "repair_case",
    "rests_on_date",
]
