"""The nouns: frozen values that pass between the stages, with no behaviour beyond small views.

fetch ─▶ Page ─extract─▶ Draft ─clean─▶ Article ─render, store─▶ Outcome
"""

from newsclean.model.article import Article, Change, Draft, FieldChange, Verdict
from newsclean.model.block import Block, Cell, Context, Kind
from newsclean.model.metadata import Metadata
from newsclean.model.outcome import Outcome, Status
from newsclean.model.page import Headers, Hop, Page
from newsclean.model.person import Dateline, Person, PersonKind, Role
from newsclean.model.record import SCHEMA
from newsclean.model.rows import line_of, row_or_index, rows_of

__all__ = [
    "SCHEMA",
    "Article",
    "Block",
    "Cell",
    "Change",
    "Context",
    "Dateline",
    "Draft",
    "FieldChange",
    "Headers",
    "Hop",
    "Kind",
    "Metadata",
    "Outcome",
    "Page",
    "Person",
    "PersonKind",
    "Role",
    "Status",
    "Verdict",
    "line_of",
    "row_or_index",
    "rows_of",
]
