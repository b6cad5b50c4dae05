"""The new text of one import statement, made with LibCST so that layout and comments survive.

Every tree is rendered back and compared with the source before it is used: LibCST is not lossless everywhere (its issue
1457, for one), and where it is not, the statement is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from codemods.import_names import LayoutError, Name, describe
from planner.decision import Move

if TYPE_CHECKING:
    import libcst as cst


class Layouts:
    """Writes import statements anew; who has written the same one before may overrule it."""

    def of_import(self, text: str, moves: list[Move | None], newline: str) -> list[str]:
        """Return what takes the place of an `import` statement: one statement, or none. Raises LayoutError."""
        return list(filter(None, [rewrite_import(text, moves, newline)]))

    def of_from(self, text: str, moves: list[Move | None], indent: str, newline: str) -> list[str]:
        """Return what `rewrite_from` does. Raises LayoutError."""
        return rewrite_from(text, moves, indent, newline)


def rewrite_import(text: str, moves: list[Move | None], newline: str) -> str:
    """Return an `import a, b as c` statement with its moved modules replaced, all else kept. Raises LayoutError."""
    import libcst as cst

    statement = _parse(text, newline)
    if not isinstance(statement, cst.Import):
        raise LayoutError("it is no import statement")
    names = []
    for alias, move in zip(statement.names, moves, strict=True):
        if move is None:
            names.append(alias)
        elif not move.double:
            names.append(alias.with_changes(name=_dotted(move.written)))
    if not names:
        return ""
    names[-1] = names[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    return _render(statement.with_changes(names=names), newline)


def rewrite_from(text: str, moves: list[Move | None], indent: str, newline: str) -> list[str]:
    """Return a `from … import …` statement as the statements that take its place. Raises LayoutError.

    `moves` has one entry for each name, None where it stays. `indent` is the statement's own indentation; the texts
    returned do not begin with it.
    """
    import libcst as cst

    statement = _parse(text, newline)
    if not isinstance(statement, cst.ImportFrom) or isinstance(statement.names, cst.ImportStar):
        raise LayoutError("it is no import of names")
    modules = [move.written if move is not None else "" for move in moves]
    if len(set(modules)) == 1:
        moved = [move for move in moves if move is not None]
        if all(move.double for move in moved) and "#" not in text:
            return []
        return [_render(_in_place(statement, moved), newline)]
    return _split(statement, moves, indent, newline)


def _in_place(statement: cst.ImportFrom, moves: list[Move]) -> cst.ImportFrom:
    import libcst as cst

    aliases: list[cst.ImportAlias] = []
    seen: set[tuple[str, str]] = set()
    for alias, move in zip(statement.names, moves, strict=True):  # type: ignore[arg-type]
        changed = alias.with_changes(name=cst.Name(move.symbol.last), asname=_as_name(alias, move))
        key = (move.symbol.last, move.local)
        if (move.double or key in seen) and not _has_comment(alias):
            continue
        seen.add(key)
        aliases.append(changed)
    if not aliases:
        # All are imported above already, but a comment stands here that must not go.
        return _in_place(statement, [replace(move, double=False) for move in moves])
    if len(aliases) < len(moves):
        if _has_comment(aliases[-1]):  # which the last comma would take the place of
            aliases.append(changed)
        else:
            aliases[-1] = aliases[-1].with_changes(comma=statement.names[-1].comma)  # type: ignore[index]
    return statement.with_changes(names=aliases, **_source(statement, moves[0].written))


def _source(statement: cst.ImportFrom, written: str) -> dict[str, object]:
    """Return what changes of a statement that is to import from another module: `from.import` has no blanks."""
    import libcst as cst

    module = written.lstrip(".")
    changes: dict[str, object] = {
        "module": _dotted(module) if module else None,
        "relative": [cst.Dot()] * (len(written) - len(module)),
    }
    for name in ("whitespace_after_from", "whitespace_before_import") if module else ():
        changes[name] = getattr(statement, name) if getattr(statement, name).value else cst.SimpleWhitespace(" ")
    return changes


def _as_name(alias: cst.ImportAlias, move: Move) -> cst.AsName | None:
    import libcst as cst

    if move.local == move.symbol.last and not _repeats(alias):
        return None
    if alias.asname is not None and isinstance(alias.asname.name, cst.Name) and alias.asname.name.value == move.local:
        return alias.asname
    return cst.AsName(name=cst.Name(move.local))


def _repeats(alias: cst.ImportAlias) -> bool:
    """Tell whether an import says `Name as Name`: with that, a stub hands the name on (typing's "re-exports")."""
    return alias.evaluated_alias == alias.evaluated_name


def _has_comment(alias: cst.ImportAlias) -> bool:
    import libcst as cst

    comma = alias.comma
    return isinstance(comma, cst.Comma) and "#" in cst.Module(body=[]).code_for_node(comma)


def _split(statement: cst.ImportFrom, moves: list[Move | None], indent: str, newline: str) -> list[str]:
    import libcst as cst

    header, described, footer = describe(statement)
    stays = ("." * len(statement.relative)) + (
        cst.Module(body=[]).code_for_node(statement.module) if statement.module is not None else ""
    )
    placed: list[tuple[str, Name]] = []
    for name, move in zip(described, moves, strict=True):
        if move is not None:
            last = move.symbol.last
            repeats = name.text == f"{move.local} as {move.local}"
            name.text = last if move.local == last and not repeats else f"{last} as {move.local}"
        if move is None or not move.double or name.before or name.behind:
            placed.append((move.written if move is not None else stays, name))
    groups = _grouped(placed)
    multiline = newline in _render(statement, newline)
    inner = _inner_indent(statement, indent)
    commented = header or footer or any(name.before or name.behind for name in described)
    result: list[str] = []
    for number, (module, group) in enumerate(groups):
        last_group = number == len(groups) - 1
        if multiline and not commented and len(group) > 1:
            result.append(_render(_subset(statement, module, group), newline))
            continue
        result.append(
            _statement(
                module,
                group,
                header if number == 0 else "",
                footer if last_group else [],
                (indent, inner, newline) if multiline else None,
            )
        )
    return result


def _grouped(placed: list[tuple[str, Name]]) -> list[tuple[str, list[Name]]]:
    """Return the names by module, in order of appearance; a module twice where comments would change places else."""
    together: dict[str, list[Name]] = {}
    for module, name in placed:
        group = together.setdefault(module, [])
        if name.before or name.behind or all(other.text != name.text for other in group):
            group.append(name)
    kept = [name.index for group in together.values() for name in group if name.before or name.behind]
    if kept == sorted(kept):
        return list(together.items())
    runs: list[tuple[str, list[Name]]] = []
    for module, name in placed:
        if not runs or runs[-1][0] != module:
            runs.append((module, []))
        if name in together[module]:
            runs[-1][1].append(name)
    return [(module, group) for module, group in runs if group]


def _subset(statement: cst.ImportFrom, written: str, group: list[Name]) -> cst.ImportFrom:
    """Return the statement with some of its names, taken from another module: lines and commas stay as they are."""
    import libcst as cst

    aliases: Sequence[cst.ImportAlias] = statement.names  # type: ignore[assignment]
    kept = {name.index: name.text for name in group}
    names: list[cst.ImportAlias] = []
    for index, alias in enumerate(aliases):
        if index in kept:
            name, _, local = kept[index].partition(" as ")
            as_name = cst.AsName(name=cst.Name(local)) if local else None
            names.append(cst.ImportAlias(name=cst.Name(name), asname=as_name, comma=alias.comma))
        elif names and isinstance(alias.comma, cst.Comma) and not _inline(alias.comma.whitespace_after):
            names[-1] = names[-1].with_changes(comma=alias.comma)
    names[-1] = names[-1].with_changes(comma=aliases[-1].comma)
    return statement.with_changes(names=names, **_source(statement, written))


def _inline(whitespace: object) -> bool:
    import libcst as cst

    return isinstance(whitespace, cst.SimpleWhitespace) and "\n" not in whitespace.value


def _statement(
    module: str, group: list[Name], header: str, footer: list[str], layout: tuple[str, str, str] | None
) -> str:
    commented = header or footer or any(name.before or name.behind for name in group)
    if layout is None or (len(group) == 1 and not commented):
        return f"from {module} import {', '.join(name.text for name in group)}"
    indent, inner, newline = layout
    lines = [f"from {module} import (" + (f"  {header}" if header else "")]
    for name in group:
        lines += [inner + comment for comment in name.before]
        lines.append(f"{inner}{name.text}," + (f"  {name.behind}" if name.behind else ""))
    lines += [inner + comment for comment in footer]
    lines.append(f"{indent})")
    return newline.join(lines)


def _inner_indent(statement: cst.ImportFrom, indent: str) -> str:
    import libcst as cst

    if statement.lpar is not None and isinstance(statement.lpar.whitespace_after, cst.ParenthesizedWhitespace):
        return statement.lpar.whitespace_after.last_line.value
    return indent + ("\t" if indent.startswith("\t") else "    ")


def _parse(text: str, newline: str) -> cst.BaseSmallStatement:
    import libcst as cst

    try:
        line = cst.parse_statement(text, config=cst.PartialParserConfig(default_newline=newline))
    except (cst.ParserSyntaxError, RecursionError) as error:
        raise LayoutError(f"LibCST does not read it: {str(error).partition(chr(10))[0]}") from None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1:
        raise LayoutError("it is not one statement")
    statement = line.body[0]
    if _render(statement, newline) != text:
        raise LayoutError("LibCST does not give its text back")
    return statement


def _render(statement: cst.BaseSmallStatement, newline: str) -> str:
    import libcst as cst

    return cst.Module(body=[], default_newline=newline).code_for_node(
        statement.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
    )


def _dotted(name: str) -> cst.Attribute | cst.Name:
    import libcst as cst

    first, *rest = name.split(".")
    node: cst.Attribute | cst.Name = cst.Name(first)
    for part in rest:
        node = cst.Attribute(value=node, attr=cst.Name(part))
    return node
