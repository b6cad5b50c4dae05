"""What the gate found as JSON, with its schema."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from consolidate.gate.finding import Finding
from consolidate.gate.rules import RULES
from consolidate.gate.verdict import Verdict

FORMAT_VERSION = "1.0"

_DESCRIPTIONS = {
    "rule": "the rule's id",
    "path": "from the repository's root",
    "line": "1-based",
    "column": "0-based, in bytes of the file, as in a plan",
    "symbol": "the engine's id, package.module:Name; of a shim its module",
    "form": "the form of the reference, as in a plan, or shim",
    "text": "the source that names it",
    "what": "what it is",
    "todo": "what to do about it",
}


def document(verdict: Verdict, migration: str, tool: str) -> dict[str, Any]:
    """Return the JSON value of a verdict; `tool` is this program's name and version."""
    return {
        "format_version": FORMAT_VERSION,
        "tool": tool,
        "migration": migration,
        "findings": [asdict(item) for item in verdict.findings],
        "excused": [asdict(item) for item in verdict.excused],
        "stale": [{"path": path, "symbol": symbol} for path, symbol in verdict.stale],
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of `document`."""
    text = {"type": "string"}
    kinds: dict[str, dict[str, Any]] = {
        "rule": {"enum": list(RULES)},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 0},
    }
    names = list(Finding.__struct_fields__)
    finding = {
        "type": "object",
        "required": names,
        "properties": {name: {**kinds.get(name, text), "description": _DESCRIPTIONS[name]} for name in names},
    }
    entry = {"type": "object", "required": ["path", "symbol"], "properties": {"path": text, "symbol": text}}
    found = {"type": "array", "items": {"$ref": "#/$defs/finding"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"What consolidate check finds, format version {FORMAT_VERSION}",
        "type": "object",
        "required": ["format_version", "tool", "migration", "findings", "excused", "stale"],
        "properties": {
            "format_version": {"type": "string", "pattern": r"^1\.[0-9]+$"},
            "tool": {**text, "description": "name and version of the program"},
            "migration": {**text, "description": "the migration's name, from the configuration"},
            "findings": {**found, "description": "what counts: exit code 1 if there is one"},
            "excused": {**found, "description": "legacy references that the baseline has"},
            "stale": {
                "type": "array",
                "items": entry,
                "description": "entries of the baseline that nothing matches, among the files that were looked at",
            },
        },
        "$defs": {"finding": finding},
    }
