"""The plan file: a Plan as JSON which a reviewer can read, a script can use, and `apply` can trust.

The bytes depend on the plan alone: keys are sorted, text is ASCII with escapes (so that bytes which are not UTF-8
survive as the surrogates of PEP 383), one engine, reference or file stands on one line. The digest is the SHA-256 of
the same JSON, without the digest, in its shortest form (keys sorted, no blanks); it covers keys that this version does
not know.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from msgspec.structs import replace

from planner.model import Plan
from planner.planfile_rules import check_plan
from planner.planfile_shape import PlanFileError, record_of

__all__ = ["FORMAT_VERSION", "PlanFileError", "dump", "load", "seal"]

FORMAT_VERSION = "1.0"
_AGAIN = "make it again with `consolidate plan -o FILE`"


_Texts = dict[str, "str | list[str] | list[_Texts]"]
"""An object by its keys: a value in its shortest form, or those of a list's entries; phases are objects again."""

_SEALED: list[tuple[Plan, _Texts]] = []
_LAST: list[tuple[Plan, bytes]] = []
"""The plan that was sealed last with its texts, and the one whose bytes were made last."""


def seal(plan: Plan, tool: str) -> Plan:
    """Return the plan with the tool's name and version and the digest of everything in it."""
    texts = _texts(_table(replace(plan, tool=tool)))
    del texts["digest"]
    digest = hashlib.sha256(_joined(texts).encode("ascii")).hexdigest()
    texts["digest"] = _short(digest)
    sealed = replace(plan, tool=tool, digest=digest)
    _SEALED[:] = [(sealed, texts)]
    return sealed


def dump(plan: Plan) -> bytes:
    """Return a sealed plan as the bytes of a plan file: ASCII, sorted, a newline at the end."""
    if not _LAST or _LAST[0][0] is not plan:  # a plan is kept, and shown
        texts = _SEALED.pop()[1] if _SEALED and _SEALED[0][0] is plan else _texts(_table(plan))
        _LAST[:] = [(plan, f"{_lay_out(texts)}\n".encode("ascii"))]
    return _LAST[0][1]


def load(data: bytes) -> Plan:
    """Return the plan that a plan file holds.

    Raises PlanFileError where the bytes are no plan of major version 1, a type is wrong, a rule of
    `planner.planfile_rules` is broken or the digest does not fit. Unknown keys are ignored.
    """
    try:
        table = json.loads(data, parse_constant=_no_constant, object_pairs_hook=_object)
    except RecursionError:
        raise PlanFileError("the file is nested too deeply", "", _AGAIN) from None
    except UnicodeDecodeError:
        raise PlanFileError("the file is not UTF-8", "", _AGAIN) from None
    except ValueError as error:
        if isinstance(error, PlanFileError):
            raise
        raise PlanFileError(f"the file is no JSON ({error})", "", _AGAIN) from None
    if not isinstance(table, dict):
        raise PlanFileError("the file holds no JSON object", "", _AGAIN)
    version = table.get("format_version")
    if not isinstance(version, str) or version.partition(".")[0] != FORMAT_VERSION.partition(".")[0]:
        raise PlanFileError(
            f"format version {str(version)[:20]!r} is not {FORMAT_VERSION}",
            "format_version",
            "use the version of consolidate that wrote the file",
        )
    plan = record_of(Plan).decode(table, "")
    assert isinstance(plan, Plan)  # noqa: S101  (Record.decode returns an instance of its class)
    if plan.digest != _digest(table):
        raise PlanFileError("the digest does not fit: the file was changed", "digest", _AGAIN)
    check_plan(plan)
    return plan


def _table(plan: Plan) -> dict[str, Any]:
    table: dict[str, Any] = {"format_version": FORMAT_VERSION, **record_of(Plan).encode(plan)}
    return table


def _digest(table: Mapping[str, Any]) -> str:
    content = {key: value for key, value in table.items() if key != "digest"}
    return hashlib.sha256(_short(content).encode("ascii")).hexdigest()


_short = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


def _texts(table: Mapping[str, Any]) -> _Texts:
    """Return an object's values in their shortest form, each made once for the digest and for the file."""
    return {
        key: _short(value)
        if not isinstance(value, list) or not value
        else [_texts(entry) for entry in value]
        if key == "phases"
        else [_short(entry) for entry in value]
        for key, value in table.items()
    }


def _joined(texts: _Texts) -> str:
    """Return an object in its shortest form."""
    values = ((key, texts[key]) for key in sorted(texts))
    return "{" + ",".join(f"{_short(key)}:{_joined_value(value)}" for key, value in values) + "}"


def _joined_value(value: str | list[str] | list[_Texts]) -> str:
    if isinstance(value, str):
        return value
    return "[" + ",".join(entry if isinstance(entry, str) else _joined(entry) for entry in value) + "]"


def _lay_out(texts: _Texts) -> str:
    """Return the object with a line per key, per entry of a list, and per file of a phase: small diffs, small files."""
    lines = [f"{_short(key)}: {_lines(texts[key])}" for key in sorted(texts)]
    return "{\n" + ",\n".join(lines) + "\n}"


def _lines(value: str | list[str] | list[_Texts]) -> str:
    if isinstance(value, str):
        return value
    return "[\n" + ",\n".join(f" {entry}" if isinstance(entry, str) else _lay_out(entry) for entry in value) + "\n]"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise PlanFileError(f"the key {twice[:40]!r} stands twice in one object", "", _AGAIN)
    return table


def _no_constant(name: str) -> NoReturn:
    raise PlanFileError(f"{name} is no JSON number", "", _AGAIN)
