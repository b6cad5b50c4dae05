"""The JSON that commands print for programs: a JSON Schema of each document, from tables of what stands in it.

Every object has all of its keys; what is not known is null. Readers ignore keys that they don't know: those may come
with a minor version of the format. Plans have a schema of their own (planner.planfile_schema), what the gate finds, too
(gate.documents).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMAT_VERSION = "1.0"

Schema = dict[str, Any]


def document(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a command prints: the facts, with the version of their format."""
    return {"format_version": FORMAT_VERSION, **facts}


def schema(name: str) -> Schema:
    """Return the JSON Schema of the document that a command prints, by the command's name."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"What consolidate {name} tells, format version {FORMAT_VERSION}",
    }
    return head | _DOCUMENTS[name]


def names() -> tuple[str, ...]:
    """Return the commands that have a document here."""
    return tuple(_DOCUMENTS)


def _text(told: str = "", **more: Any) -> Schema:
    return {"type": "string", **({"description": told} if told else {}), **more}


def _count(told: str = "", least: int = 0) -> Schema:
    return {"type": "integer", "minimum": least, **({"description": told} if told else {})}


def _flag(told: str) -> Schema:
    return {"type": "boolean", "description": told}


def _one_of(told: str, *values: str) -> Schema:
    return {"enum": list(values), "description": told}


def _maybe(kind: Schema) -> Schema:
    told = {"description": kind["description"]} if "description" in kind else {}
    return {"anyOf": [{key: value for key, value in kind.items() if key != "description"}, {"type": "null"}], **told}


def _list(items: Schema, told: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": told} if told else {})}


def _record(told: str = "", optional: Mapping[str, Schema] | None = None, **keys: Schema) -> Schema:
    found: Schema = {"type": "object", "required": list(keys), "properties": {**keys, **(optional or {})}}
    return found | ({"description": told} if told else {})


def _top(optional: Mapping[str, Schema] | None = None, **keys: Schema) -> Schema:
    version = _text("readers take any minor version", pattern=r"^1\.[0-9]+$")
    return _record("", optional, format_version=version, **keys)


_COMMIT = _text("a full commit id", pattern="^([0-9a-f]{40}|[0-9a-f]{64})$")
_PATHS = _list(_text(), "paths from the repository's root")
_MIGRATION = _text("the migration's name, from the configuration")
_PHASE = _count("the number of a phase", 1)
_PLAN = _text("the plan's digest")

_VERIFIED_RUN = _record(
    commit=_COMMIT,
    status=_maybe({"type": "integer", "description": "the exit status, null where it took too long"}),
    seconds={"type": "number", "minimum": 0},
    tests=_count("tests that the reports name"),
    passed=_count(),
)
_TEST = _record(name=_text(), outcome=_one_of("what became of it", "passed", "failed", "error", "skipped"), why=_text())
_VERIFIED = _record(
    "a phase, its tests before and after",
    phase=_PHASE,
    good=_flag("no test fails that passed before, and none is gone"),
    before=_VERIFIED_RUN,
    after=_VERIFIED_RUN,
    recalled=_flag("the results before are those of an earlier run"),
    **{group: _list(_TEST) for group in ("newly_failing", "gone", "flaky", "newly_passing", "new", "still_failing")},
    renamed=_list(_list(_text()), "pairs of names, before and after"),
    logs=_list(_text(), "the files with the outputs"),
)

_DOCUMENTS: dict[str, Schema] = {
    "init": _top(
        pattern=_text("what was looked for"),
        target=_text("the proposed target, package.module:Name"),
        source_roots=_list(_text()),
        exclude=_list(_text()),
        engines=_list(
            _record(
                legacy=_text("package.module:Name"),
                path=_text(),
                line=_count("1-based", 1),
                kind=_text("class, function, module or redirect"),
                found_by=_text("name, bases or members"),
                replacement=_text(),
                mode=_one_of("what is proposed for it", "consolidate", "report"),
                bases=_list(_text()),
                members=_count("public members"),
                shared_members=_count("of these the replacement has, too"),
                importers=_count(),
                test_importers=_count(),
                deprecated=_flag("it calls itself deprecated"),
                exports=_list(
                    _record(
                        name=_text(), home=_maybe(_text("null: no successor")), sure={"type": "boolean"}, why=_text()
                    )
                ),
            )
        ),
        look_alikes=_list(_record(symbol=_text(), why=_text())),
        unread=_list(_record(path=_text(), why=_text()), "files that were not read"),
    ),
    "review": _top(
        migration=_MIGRATION,
        file=_text("the file of the repository that keeps the decisions"),
        accepted=_count("edits"),
        rejected=_count("edits"),
        commented=_count("edits with a comment"),
        left=_list(_text(), "files that rejected edits hold as they are"),
        undeleted=_list(_text(), "shims whose deletion was rejected"),
    ),
    "apply": {
        "anyOf": [
            _top(
                migration=_MIGRATION,
                plan=_PLAN,
                dry_run=_flag("nothing was touched, and no commit made"),
                phases=_list(
                    _record(
                        number=_PHASE,
                        title=_text(),
                        files=_count(),
                        commit=_maybe(_COMMIT),
                        verified=_maybe(_VERIFIED),
                    ),
                    "those that were applied, or would be",
                ),
                open=_list(_PHASE, "those that are open afterwards"),
            ),
            _top(
                operation=_text("the run that was cut off"),
                outcome=_one_of("what became of it", "nothing", "finished", "undone"),
                commit=_COMMIT,
                left=_list(_text(), "files that were changed meanwhile, and are left"),
            ),
        ]
    },
    "status": _top(
        migration=_MIGRATION,
        plan=_PLAN,
        commit=_maybe(_COMMIT),
        phases=_list(
            _record(
                number=_PHASE,
                title=_maybe(_text()),
                state=_one_of("what became of it", "pending", "applied", "reverted"),
                in_tree=_maybe(_flag("what the files say, where they contradict the commits")),
                files=_maybe(_count()),
                commit=_maybe(_COMMIT),
                reverted_by=_maybe(_COMMIT),
            )
        ),
        engines=_maybe(
            _list(
                _record(id=_text(), open=_count("references in open phases"), manual=_count(), left=_count()),
                "what is still legacy",
            )
        ),
        unknown=_maybe(_text("why the plan cannot be had here")),
        cut_off=_maybe(_text("a run that was cut off")),
    ),
    "history": _top(
        optional={
            "burn_down": _list(
                _record(commit=_COMMIT, date=_text(), application=_count("references"), tests=_count("references")),
                "with --plot",
            )
        },
        commits=_list(
            _record(
                phase=_PHASE,
                phases=_count("of the plan", 1),
                commit=_COMMIT,
                date=_text("ISO 8601"),
                author=_text(),
                files=_count(),
                reverted_by=_maybe(_COMMIT),
            ),
            "newest first",
        ),
    ),
    "revert": _top(
        check=_flag("nothing was touched"),
        reverts=_list(
            _record(
                phases=_list(_PHASE),
                commit=_COMMIT,
                files=_PATHS,
                beside=_list(_text(), "paths of it that are not of the plan: they are taken back, too"),
                revert=_maybe(_COMMIT),
            ),
            "newest first; empty where nothing is applied",
        ),
    ),
    "verify": _top(phases=_list(_VERIFIED, "empty where every phase is applied")),
    "report": _top(
        migration=_MIGRATION,
        plan=_PLAN,
        commit=_COMMIT,
        target=_text("package.module:Name"),
        criteria=_list(_record(met={"type": "boolean"}, text=_text())),
        phases=_list(
            _record(
                number=_PHASE,
                title=_text(),
                state=_one_of("what became of it", "pending", "applied", "reverted"),
                commit=_maybe(_COMMIT),
                risk=_one_of("of its riskiest file", "low", "medium", "high"),
                files=_count(),
                edits=_count(),
                verified=_maybe(_record(tests=_count("compared"), worse=_count("newly fail or are gone"))),
            )
        ),
        engines=_list(
            _record(
                id=_text(),
                path=_text(),
                replacement=_text(),
                mode=_one_of("what is done with it", "consolidate", "report"),
                planned=_count("references in code when it was planned"),
                now=_count("references in code in the work tree"),
            )
        ),
        left=_list(
            _record(path=_text(), line=_count("1-based", 1), engine=_text(), form=_text(), reason=_text()),
            "references in code in the work tree, with what the planner says of them",
        ),
    ),
    "campaign": _top(
        repositories=_list(
            _record(
                line=_count("in the list", 1),
                repository=_text(),
                path=_text(),
                state=_one_of("where it is", "done", "applied", "under way", "planned", "open", "failed"),
                reason=_text('"" where nothing failed'),
                log=_maybe(_text("the file with its last output")),
                phases=_maybe(_count()),
                applied=_maybe(_count()),
                files=_maybe(_count()),
                rewritten=_maybe(_count()),
                manual=_maybe(_count()),
                left=_maybe(_count()),
            )
        ),
        states={"type": "object", "additionalProperties": _count("repositories in that state", 1)},
    ),
    "blame-ignore": _top(
        optional={"missing": _list(_COMMIT, "with --check: what the file lacks")},
        file=_text(),
        added=_list(_COMMIT),
        known=_list(_COMMIT, "commits of applied phases that the file had"),
    ),
    "doctor": _top(
        findings=_list(
            _record(
                severity=_one_of("how much it matters", "blocks", "hinders", "note"),
                code=_text("what names the hazard"),
                what=_text(),
                where=_list(_text(), "paths from the root, or settings"),
                todo=_text(),
            ),
            "the worst first",
        )
    ),
}
