"""What a codemod for Python files is given."""

from __future__ import annotations

from typing import NamedTuple

from codemods.import_layout import Layouts
from planner.decision import Decision
from planner.source import Source


class Work(NamedTuple):
    """One file: its source, what was decided for it, and who writes import statements anew."""

    source: Source
    decision: Decision
    layouts: Layouts
