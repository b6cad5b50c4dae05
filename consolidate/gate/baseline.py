"""The baseline: the legacy references that were there before the gate, by file and engine. It may only shrink.

A file that names an engine is one entry, however often it does: lines move and counts hide a new reference behind an
old one that went. JSON, one line for each entry, sorted, so that merges and reviews are easy.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from consolidate.errors import Refused, UsageProblem, listed
from consolidate.gate.finding import Finding
from consolidate.snapshots import open_regular
from consolidate.whole_file import write_whole

FORMAT_VERSION = "1.0"
LARGEST = 64 * 1024**2  # bytes

Entry = tuple[str, str]
"""A path from the repository's root, and the id of an engine."""


class Baseline(Struct, frozen=True):
    """The entries of a baseline of one migration."""

    migration: str
    entries: frozenset[Entry] = frozenset()

    def excuses(self, finding: Finding) -> bool:
        """Tell if a finding was there before. Shims are not excused: they were promised to go."""
        return finding.rule == "legacy-reference" and (finding.path, finding.symbol) in self.entries

    def refuse(self, grown: Iterable[Finding]) -> None:
        """Raise Refused (`baseline-grows`) where there is a finding for which the baseline would have to grow."""
        found = sorted(grown, key=lambda item: (item.path, item.line))
        if not found:
            return
        first: dict[Entry, int] = {}
        for item in found:
            first.setdefault((item.path, item.symbol), item.line)
        entries = [f"{symbol} in {path}:{line}" for (path, symbol), line in first.items()]
        raise Refused(
            f"the baseline may only shrink, and lacks {listed(entries)}",
            f"{found[0].path}:{found[0].line}",
            "use the replacement there (`consolidate check` lists every place), then run it again",
            code="baseline-grows",
            details=entries,
        )


def entries_of(findings: Iterable[Finding]) -> frozenset[Entry]:
    """Return the entries that stand for findings."""
    return frozenset((item.path, item.symbol) for item in findings if item.rule == "legacy-reference")


def dump(baseline: Baseline) -> bytes:
    """Return the bytes of the baseline file: the same for the same entries."""
    files: dict[str, list[str]] = {}
    for path, symbol in sorted(baseline.entries):
        files.setdefault(path, []).append(symbol)
    content = {"format_version": FORMAT_VERSION, "migration": baseline.migration, "references": files}
    return f"{json.dumps(content, indent=1)}\n".encode("ascii")


def load(data: bytes, where: str, migration: str) -> Baseline:
    """Return the baseline that a file holds.

    Raises UsageProblem, naming `where`, for what is none, is of another major version, or of another migration.
    """
    hint = "restore it from git, then shrink it with --update-baseline"
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise UsageProblem("the baseline is no JSON", where, hint) from None
    if not isinstance(content, dict) or not isinstance(content.get("format_version"), str):
        raise UsageProblem("the baseline has no format_version", where, hint)
    version = content["format_version"]
    if version.partition(".")[0] != FORMAT_VERSION.partition(".")[0]:
        raise UsageProblem(f"the baseline has format {version[:20]}", where, f"this program reads {FORMAT_VERSION}")
    if content.get("migration") != migration:
        other = str(content.get("migration"))[:60]
        raise UsageProblem(
            f"the baseline is of the migration {other}, not of {migration}", where, "name another in check.baseline"
        )
    return Baseline(migration, frozenset(_entries(content.get("references"), where, hint)))


def _entries(references: Any, where: str, hint: str) -> Iterable[Entry]:
    if not isinstance(references, Mapping):
        raise UsageProblem("the baseline has no references", f"{where}: references", hint)
    for path, symbols in references.items():
        if not isinstance(symbols, list) or not all(isinstance(symbol, str) for symbol in symbols):
            raise UsageProblem("the engines of a file are no list of strings", f"{where}: references.{path}", hint)
        yield from ((path, symbol) for symbol in symbols)


def read(root: Path, name: str, migration: str) -> Baseline | None:
    """Return the baseline in the file `name` of the work tree, None where there is none. Raises UsageProblem."""
    try:
        with open_regular(os.fsencode(root / name)) as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageProblem(f"the baseline cannot be read: {error.strerror or error}", name, "name a file") from None
    if len(data) > LARGEST:
        raise UsageProblem(f"the baseline is larger than {LARGEST >> 20} MiB", name, "write it again")
    return load(data, name, migration)


def write(root: Path, name: str, baseline: Baseline) -> None:
    """Write the baseline file, whole or not at all."""
    write_whole(root / name, dump(baseline))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the baseline file."""
    symbol = {"type": "string", "description": "an engine's id, package.module:Name"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The baseline of consolidate check, format version {FORMAT_VERSION}",
        "type": "object",
        "required": ["format_version", "migration", "references"],
        "properties": {
            "format_version": {"type": "string", "pattern": r"^1\.[0-9]+$"},
            "migration": {"type": "string", "minLength": 1},
            "references": {
                "type": "object",
                "description": "paths from the repository's root, each with the engines that code in it refers to",
                "additionalProperties": {"type": "array", "items": symbol, "uniqueItems": True, "minItems": 1},
            },
        },
    }
