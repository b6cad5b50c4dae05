"""The configuration that is proposed, as values, and as a commented TOML file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from msgspec import Struct

from consolidate.render.look import escape
from planner.config import TESTS

_WIDTH = 116
_LONGEST_NAME = 40
TARGET, LEGACY = "package.module:Name", "package.old_module:OldName"
"""What stands where the user has yet to write a symbol."""


class DraftExport(Struct, frozen=True):
    """A name of a legacy module: where it goes, None where no home is known; `why` in words. A guess is a comment."""

    name: str
    home: str | None
    why: str
    is_sure: bool = False


class DraftEngine(Struct, frozen=True):
    """One `[[engine]]` table. `replacement` is "" for the target, `remarks` what is said above the table."""

    legacy: str
    replacement: str = ""
    mode: str = "consolidate"
    remarks: tuple[str, ...] = ()
    exports: tuple[DraftExport, ...] = ()


class Draft(Struct, frozen=True):
    """A configuration. `remarks` are said of the target, `others` at the end of the engines."""

    target: str = TARGET
    engines: tuple[DraftEngine, ...] = (DraftEngine(LEGACY),)
    source_roots: tuple[str, ...] = (".",)
    exclude: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The migration's name, made of the target's: `user-execution-engine`."""
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+|\.", "-", self.target.rpartition(":")[2])
        plain = re.sub(r"[^a-z0-9-]+", "", words.lower()).strip("-")
        return plain[:_LONGEST_NAME].rstrip("-") if plain and self.target != TARGET else "migration"


def toml(draft: Draft) -> str:
    """Return the configuration as a commented TOML file, which `planner.config.parse` accepts."""
    lines = _HEAD.splitlines()
    lines += _comment("Stands in every commit's header and trailers.")
    lines += [f'name = "{draft.name}"', ""]
    lines += _comment("The one that is left. A symbol is written `package.module:Name`.")
    lines += [line for remark in draft.remarks for line in _comment(remark)]
    lines += [f"target = {_string(draft.target)}", ""]
    lines += _comment("The directories that `import` starts from.")
    lines += [f"source-roots = {_strings(draft.source_roots)}", ""]
    lines += _comment("Which files are not looked at: as in .gitignore, from the repository's root.")
    lines += [f"exclude = {_strings(draft.exclude)}" if draft.exclude else '# exclude = ["archive/**"]', ""]
    lines += _comment("What the default phases treat as tests: they come after the application.")
    lines += [f"# tests = {_strings(TESTS)}", ""]
    lines += _TAIL.splitlines()
    for engine in draft.engines:
        lines += ["", *_engine(engine)]
    if draft.others:
        lines += ["", *_comment("Not proposed:")]
        lines += [line for remark in draft.others for line in _comment(remark, "- ")]
    return "\n".join([*lines, "", *_PHASES.splitlines(), ""])


def _engine(engine: DraftEngine) -> list[str]:
    lines = [line for remark in engine.remarks for line in _comment(remark)]
    lines += ["[[engine]]", f"legacy = {_string(engine.legacy)}"]
    if engine.replacement:
        lines += [f"replacement = {_string(engine.replacement)}"]
    if engine.mode != "consolidate":
        lines += [f"mode = {_string(engine.mode)}"]
    if engine.exports:
        sure = [item for item in engine.exports if item.is_sure]
        lines += ["", "[engine.exports]" if sure else "# [engine.exports]"]
        for item in sorted(engine.exports, key=lambda item: (not item.is_sure, item.name)):
            home = "false" if item.home is None else _string(item.home)
            lines += [f"{'' if item.is_sure else '# '}{item.name} = {home}  # {escape(item.why)}"]
    return lines


def _comment(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        escape(text),
        _WIDTH,
        initial_indent=f"# {mark}",
        subsequent_indent=f"# {' ' * len(mark)}",
        break_long_words=False,
    )


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _strings(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


_HEAD = """\
# The configuration of `consolidate`. `consolidate plan` reads it and shows what would be done; it changes nothing.

[migration]"""

_TAIL = """\
# The version that the shims name in their warning.
# removal-version = "2.0"

# A phase is one commit: as many files as a reviewer reads at a sitting.
# max-files-per-phase = 100

# One table for each legacy class, function or module.
#
#   replacement = "..."        what takes its place; the target, where nothing is said
#   shim = "auto"              auto | alias | adapter | warn | none: what stays at the legacy path
#   contract = "check"         "accept" moves importers although the replacement lacks what they use
#   mode = "consolidate"       "report" lists and gates the references, and edits none
#
#   [engine.exports]           the other names of its module: where each goes, or false for no successor
#   [engine.call]              where construction differs, Python's own syntax on both sides:
#   from = "(registry, bridge=None)"
#   to = "Name.create(registry, bridge)\""""

_PHASES = """\
# Without a [[phase]] table the planner makes the default phases: shims, importers, tests, text, removal of the shims.
#
# [[phase]]
# title = "Application code"
# codemods = ["rewrite-imports", "rewrite-references", "rewrite-calls", "rewrite-strings"]
# engines = ["*"]
# paths = ["app/**"]

# What `consolidate check` is told; it changes no plan.
#
# [check]
# baseline = ".consolidate-baseline.json\""""
