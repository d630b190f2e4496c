"""The readers of jobs, with or without the name of whose job it is."""

from __future__ import annotations

from dataclasses import replace

from newsclean.bylines.agencies import agency_of
from newsclean.bylines.chunks import Chunk
from newsclean.bylines.kinds import is_job, is_organisation, job_start
from newsclean.bylines.labels import vocabulary
from newsclean.bylines.names import is_name
from newsclean.bylines.outlets import agency_words, read_agency, read_organisation
from newsclean.bylines.people import Line
from newsclean.bylines.persons import read_name, read_named
from newsclean.bylines.text import fold


def read_job(line: Line, chunk: Chunk) -> bool:
    """`Staff Writer` behind a name, `AP Writer`, or with the name: `Ann Bell Staff Writer`."""
    words = chunk.words
    if not is_job(words):
        return False
    at, of_agency = job_start(words), agency_words(words)
    behind_name = line.roll.in_group and not chunk.opens
    if behind_name:
        line.roll.employ(agency_of(" ".join(words[:of_agency])) or "")
        return give_job(line, words[of_agency:])
    if of_agency:
        return read_agency(line, replace(chunk, words=words[:of_agency]))
    if at >= 2 and is_organisation(words[:at]):
        return read_organisation(line, replace(chunk, words=words[:at]))  # "Marsh Daily Reporter": nobody is named
    if at >= 2 and is_name(" ".join(words[:at])):
        return read_name(line, replace(chunk, words=words[:at])) and give_job(line, words[at:])
    if chunk.label:
        line.add(chunk.label, chunk.text, "organization", chunk.text)  # "By Staff Reporter": nobody is named
    return bool(chunk.label)


def read_job_and_name(line: Line, chunk: Chunk) -> bool:
    """`AP Sports Writer Ann Bell`, `Staff Reporter Ann Bell`, `Aerospace Writer Ann Bell`."""
    words = chunk.words
    end = next((i for i in range(len(words) - 2, 0, -1) if is_job(words[i - 1 : i])), 0)
    start = agency_words(words[:end]) if end else 0
    fields = [w for w in words[start:end] if fold(w) not in vocabulary().job_words and not is_job([w])]
    if not end or len(fields) > 1 or not read_named(line, replace(chunk, words=words[end:])):
        return False
    if agency := agency_of(" ".join(words[:start])):
        line.roll.employ(agency)
    return give_job(line, words[start:end])


def give_job(line: Line, words: list[str]) -> bool:
    """The words are the job of the person before them, if that has none yet."""
    last = line.roll.last
    if last and not last.job:
        line.roll.amend(replace(last, job=" ".join(words)))
    return True
