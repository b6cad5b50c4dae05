"""The JSON Schema of the plan file, made from the same shapes that read and write it."""

from __future__ import annotations

from typing import Any

from planner.agreement import Addition, Constructor, EngineContract, Member
from planner.model import Edit, EnginePlan, FileEdit, FileRisk, Phase, Plan, Reference, Skipped
from planner.planfile_shape import record_of

_ID = {"pattern": "^([0-9a-f]{40}|[0-9a-f]{64})$"}
_MAYBE_ID = {"pattern": "^([0-9a-f]{40}|[0-9a-f]{64})?$"}
_PATH = {"minLength": 1, "pattern": "^[^/]"}

# What the types do not say, by record and key.
_MORE: dict[str, dict[str, dict[str, Any]]] = {
    "Plan": {
        "commit": {"description": "the commit that was planned", **_ID},
        "migration": {"description": "the migration's name, from the configuration", "minLength": 1},
        "config_sha256": {"description": "SHA-256 of the configuration's table as canonical JSON"},
        "target": {"description": "the single source of truth, package.module:Name"},
        "engines": {"description": "the legacy symbols, in the configuration's order"},
        "references": {"description": "every place that names an engine: rewritten, manual or left"},
        "phases": {"description": "sets of edits, each of which becomes one commit"},
        "skipped": {"description": "files that were not read or not understood"},
        "additions": {"description": "what a human must add to the replacements, most used first"},
        "scanned": {"description": "files that the configuration includes: changed + unchanged + skipped"},
        "tool": {"description": "name and version of the program that made the plan"},
        "digest": {
            "description": "SHA-256 of this object without this key, keys sorted, no blanks, ASCII",
            "pattern": "^[0-9a-f]{64}$",
        },
    },
    "Reference": {
        "path": _PATH,
        "line": {"description": "1-based"},
        "column": {"description": "0-based, in bytes"},
        "phase": {"description": "the phase that rewrites it, or null"},
    },
    "EngineContract": {
        "mode": {"enum": ["accept", "check"]},
        "members": {"description": "the members that importers use, most used first"},
    },
    "Constructor": {
        "calls": {"description": "calls that fit both sides, that the rule rewrites, that need a human"},
        "places": {"description": "the calls that need a human, path:line"},
    },
    "Member": {
        "replacement": {"description": "its signature there, or absent"},
        "uses": {"description": "attributes of that name in the importing files"},
        "certain": {"description": "the places where the object is known to be the engine"},
    },
    "Addition": {
        "frees": {"description": "importers that nothing but this and the additions before it keeps from moving"},
    },
    "Skipped": {"path": _PATH},
    "Phase": {"number": {"minimum": 1}, "title": {"minLength": 1}},
    "FileRisk": {
        "path": _PATH,
        "forms": {"description": "the references that the phase rewrites in the file, by form"},
        "facts": {
            "description": "what raises the risk",
            "items": {"enum": ["deleted", "dynamic", "spread", "unproved", "untested"]},
        },
        "importers": {"description": "the files that import it"},
        "tests": {"description": "the test files that import it, or one of its importers where none does"},
    },
    "FileEdit": {
        "path": _PATH,
        "blob": {"description": "git's object id before, empty for a file that the phase creates", **_MAYBE_ID},
        "result": {"description": "git's object id afterwards, empty for a file that the phase deletes", **_MAYBE_ID},
        "edits": {"description": "sorted, not overlapping"},
        "unproved": {"description": "the user's own codemods whose edits in this file nothing proves"},
    },
    "Edit": {
        "start": {"description": "offset of the first byte"},
        "end": {"description": "offset behind the last byte"},
        "old": {"description": "what the span must hold; bytes that are not UTF-8 stand as U+DC80 to U+DCFF"},
        "new": {"description": "what it will hold"},
    },
}


def schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12) that every plan file of format version 1 fits."""
    terms = (EngineContract, Constructor, Member, Addition)
    records = (EnginePlan, *terms, Reference, Phase, FileRisk, FileEdit, Edit, Skipped)
    top = _definition(Plan)
    top["properties"]["format_version"] = {"type": "string", "pattern": r"^1\.[0-9]+$"}
    top["required"] = sorted([*top["required"], "format_version"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan of consolidate, format version 1",
        **top,
        "$defs": {record.__name__: _definition(record) for record in records},
    }


def _definition(cls: type) -> dict[str, Any]:
    more = _MORE.get(cls.__name__, {})
    record = record_of(cls)
    properties = {name: {**shape.schema(), **more.get(name, {})} for name, shape in record.fields}
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(name for name, _ in record.fields if name not in record.optional),
    }
