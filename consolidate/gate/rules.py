"""What the gate looks for, as a table: help, SARIF and annotations are made from it."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One row: a name in Pascal case, error or warning, one sentence, and what it means and asks for (Markdown)."""

    name: str
    level: str
    summary: str
    help: str


RULES: dict[str, Rule] = {
    "legacy-reference": Rule(
        "LegacyReference",
        "error",
        "Code refers to a legacy engine that the baseline does not excuse.",
        "The engine is being replaced. Use its replacement, which the message names; `consolidate plan` shows the edit "
        "where it can be made by itself, and the reason where it cannot. References that were there before are in the "
        "baseline, by file and engine; it may only shrink.",
    ),
    "shim-past-removal": Rule(
        "ShimPastRemoval",
        "error",
        "A shim is past the version that it names for its removal, and code still calls it.",
        "The shim told its callers when it would go. Move them (`consolidate plan`), then remove it. The removal "
        "version is `migration.removal-version`; the current one is `--current-version`, `check.current-version`, or "
        "the version in pyproject.toml.",
    ),
    "shim-unused": Rule(
        "ShimUnused",
        "warning",
        "Nothing in the repository refers to a shim any more.",
        "The shim can go: `consolidate apply` has a phase for it once no shim is needed. A library whose users outside "
        'still need it says `ignore = ["shim-unused"]` in the table `[check]`.',
    ),
}
