"""The one error of codemods: a place that cannot be rewritten with certainty."""

from __future__ import annotations


class CodemodError(ValueError):
    """The edit is refused: nothing of the file may be rewritten. `line` is 1-based."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.what, self.line = what, line
