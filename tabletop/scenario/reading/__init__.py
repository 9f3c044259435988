"""Read strict YAML and JSON Lines, recording the position of every key and value."""

from tabletop.scenario.reading.document import Document, Mark, Position
from tabletop.scenario.reading.jsonlines import read_json_lines
from tabletop.scenario.reading.locating import locate
from tabletop.scenario.reading.validation import problems_from
from tabletop.scenario.reading.yaml import parse_document, read_document

__all__ = [
    "Document",
    "Mark",
    "Position",
    "locate",
    "parse_document",
    "problems_from",
    "read_document",
    "read_json_lines",
]
