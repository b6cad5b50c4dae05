"""A plan as lines of text, whole but for what other expectations hold: texts of edits, hashes, the version."""

import ast
from collections import Counter
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from planner.model import EnginePlan, FileEdit, Phase, Plan, Reference, Symbol

# The reasons of references stand in `expect.toml`, and edits are seen in the trees that they make.
ELSEWHERE = {
    "commit", "config_sha256", "digest", "tool", "engines", "references", "phases", "edits", "blob", "result", "files",
    "lacking",
}  # fmt: skip


def told(plan: Plan) -> list[str]:
    """Return the lines; equal plans give equal lines, and a plan that tells its reader something else gives others."""
    lines = [*_fields(plan, ""), *(_reference(item) for item in plan.references)]
    for engine in plan.engines:
        lines += ["", f"engine {engine.id}", *_fields(engine, "  ", but=("id",))]
    for phase in plan.phases:
        lines += ["", *_phase(phase)]
    # A line that a path or a reason breaks would be two in the file, and a carriage return would be gone from it.
    return [line.encode("unicode_escape").decode() if not line.isprintable() else line for line in lines]


def _reference(item: Reference) -> str:
    """Return what `expect.toml` does not say of a reference: the column, the engine, both texts, phase and risk."""
    becomes = f" => {item.new!r}" if item.new else ""
    phase = f" in phase {item.phase}" if item.phase is not None else ""
    return f"{item.path}:{item.line}:{item.column} {item.form} {item.engine} {item.text!r}{becomes}{phase} {item.risk}"


def _phase(phase: Phase) -> Iterator[str]:
    yield f"phase {phase.number}"
    yield from _fields(phase, "  ", but=("number",))
    for file in phase.files:
        yield f"  {file.path}"
        counted = Counter((edit.codemod, edit.line) for edit in file.edits)
        by_codemod: dict[str, list[str]] = {}
        for (codemod, line), number in sorted(counted.items()):
            by_codemod.setdefault(codemod, []).append(f"{line}x{number}" if number > 1 else str(line))
        yield from (f"    {codemod} at {' '.join(places)}" for codemod, places in by_codemod.items())
        yield from _fields(file, "    ", but=("path",))
        if "deprecation-shim" in by_codemod and not file.deleted:
            yield from (f"    serves {line}" for line in _served(file))


def _served(file: FileEdit) -> Iterator[str]:
    """Yield what a shim binds, by statement, and where it sends what it only hands on."""
    text = "".join(edit.new for edit in file.edits)
    try:
        parsed = ast.parse(text)
    except SyntaxError:  # parts of a module that stays as it is otherwise
        yield f"parts of {len(text.splitlines())} lines"
        return
    for node in parsed.body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign):
            yield ast.unparse(node)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{type(node).__name__} {node.name}"
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            yield type(node).__name__


def _fields(value: object, indent: str, but: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a line for each field that says something, and more, indented, for what it holds."""
    assert isinstance(value, Struct)
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if name in but or (name in ELSEWHERE and isinstance(value, Plan | EnginePlan | Phase | FileEdit)):
            continue
        if held in ("", (), None, False):
            continue
        if isinstance(held, Struct) and type(held).__str__ is object.__str__:
            yield f"{indent}{name}"
            yield from _fields(held, indent + "  ")
        elif isinstance(held, tuple) and isinstance(held[0], Struct):
            for item in held:
                yield f"{indent}{name} {_line(item)}"
        else:
            yield f"{indent}{name}: {_plain(held)}"


def _line(value: object) -> str:
    """Return a small value of the plan on one line."""
    assert isinstance(value, Struct)
    held = ((name, getattr(value, name)) for name in value.__struct_fields__)
    return ", ".join(f"{name} {_plain(item)}" for name, item in held if item not in ("", (), None, False))


def _plain(value: object) -> str:
    if isinstance(value, tuple) and not isinstance(value, Symbol):
        return "(" + ", ".join(_plain(item) for item in value) + ")"
    if isinstance(value, Enum):
        return str(value.value)
    return str(value)
