"""One module per command: a plain function that takes options and returns an exit code."""

# The commands in the order of `--help`, each with its line there. `consolidate.commands.<name>` (with
# `_` for `-`) holds `command`.
COMMANDS: dict[str, str] = {
    "init": "Write a first configuration; find duplicates to propose.",
    "plan": "Find every reference to the engines and plan every edit.",
    "show": "Show a plan: as text, JSON, Markdown, CSV or Mermaid.",
    "diff": "Show a phase as a diff that git apply accepts.",
    "review": "Review the edits by shape: on a page or in the terminal.",
    "apply": "Apply a phase as one commit.",
    "status": "Tell which phases are applied, and what is still legacy.",
    "history": "List the commits of the phases.",
    "revert": "Revert a phase by a commit.",
    "verify": "Compare the tests before and after a phase, test by test.",
    "check": "Look for legacy references in the work tree; for CI.",
    "report": "Report on the migration, for reviewers and trackers.",
    "campaign": "Run one migration over many repositories.",
    "export": "Write the ban on legacy engines for ruff or import-linter.",
    "blame-ignore": "Let git blame look past the commits of the phases.",
    "doctor": "Look for what would get in the way, before you start.",
    "demo": "Run a whole migration on a sample repository.",
    "completion": "Print the completion script of a shell.",
}
