"""The names of one `from … import …` statement, each with the comments that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    import libcst as cst


class LayoutError(ValueError):
    """The statement cannot be rewritten with certainty."""


class Name(Struct):
    """One imported name with the comments that belong to it: those on lines before it, and the one behind it.

    `index` is its place in the statement.
    """

    index: int
    text: str
    before: list[str] = field(default_factory=list)
    behind: str = ""


def describe(statement: cst.ImportFrom) -> tuple[str, list[Name], list[str]]:
    """Return the comment behind the opening parenthesis, the names with theirs, and those before the closing one."""
    import libcst as cst

    module = cst.Module(body=[])
    described: list[Name] = []
    header = ""
    pending: list[str] = []
    if statement.lpar is not None:
        header, pending = comments(statement.lpar.whitespace_after)
    aliases = statement.names
    if isinstance(aliases, cst.ImportStar):
        raise LayoutError("it is a star import")
    for index, alias in enumerate(aliases):
        text = module.code_for_node(alias.with_changes(comma=cst.MaybeSentinel.DEFAULT)).strip()
        if "#" in text or "\n" in text or "\\" in text:
            raise LayoutError("a comment or a line break stands inside a name")
        described.append(Name(index, " ".join(text.split()), pending))
        pending = []
        if isinstance(alias.comma, cst.Comma):
            before, lost = comments(alias.comma.whitespace_before)
            behind, pending = comments(alias.comma.whitespace_after)
            if lost or (before and behind):
                raise LayoutError("a comment stands before a comma")
            described[-1].behind = before or behind
    if statement.rpar is not None:
        behind, footer = comments(statement.rpar.whitespace_before)
        if behind and described[-1].behind:
            raise LayoutError("two comments stand behind one name")
        described[-1].behind = described[-1].behind or behind
        pending += footer
    return header, described, pending


def comments(whitespace: object) -> tuple[str, list[str]]:
    """Return the comment at the end of the line that the white space begins in, and those on lines of their own."""
    import libcst as cst

    if not isinstance(whitespace, cst.ParenthesizedWhitespace):
        return "", []
    first = whitespace.first_line.comment
    own = [line.comment.value for line in whitespace.empty_lines if line.comment is not None]
    return (first.value if first is not None else ""), own
