"""One file's bytes in, its FileFacts out: the find step, one parse and one pass for each file."""

from __future__ import annotations

import ast
import warnings

from planner.bindings import Bindings
from planner.definitions import definitions
from planner.facts import Alias, Exported, FileFacts, Interest
from planner.places import Places
from planner.receivers import Receivers
from planner.source import Source, SourceError, read_source
from planner.texts import Texts
from planner.touches import Touches
from planner.uses import Uses
from planner.visit import Visitor, dotted

TOO_DEEP = "nested too deeply for the parser"
"""What is said of a file whose grammar may be right, and which no parser gets through."""


class ScanError(ValueError):
    """The file cannot be read as Python of the running version; the text says why, with the line."""


def parse(data: bytes, path: str) -> ast.Module:
    """Return the syntax tree of a file; raises ScanError. The parser's own warnings are kept from the terminal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(data, filename=path)
    except SyntaxError as error:
        raise ScanError(f"syntax error in line {error.lineno or 0}: {error.msg}") from None
    except ValueError as error:
        raise ScanError(str(error).partition("\n")[0]) from None
    except (RecursionError, MemoryError):
        raise ScanError(TOO_DEEP) from None


def scan(
    path: str, data: bytes, interest: Interest, *, with_definitions: bool = False, shallow: bool = False
) -> FileFacts:
    """Return what one pass over a Python file finds. Raises ScanError where no parser of this Python reads it.

    A shallow pass leaves out what stands in functions and classes: enough to know what the module offers.
    """
    tree = parse(data, path)
    try:
        source = read_source(data)
        found = _Facts(path, source, tree, interest, shallow)
        try:
            return found.facts(with_definitions)
        finally:
            found.raw.forget()
    except SourceError as error:
        raise ScanError(str(error)) from None
    except RecursionError:
        raise ScanError("nested too deeply for the scanner") from None


class _Facts:
    """Turns what the visitor collected into values with byte offsets."""

    def __init__(self, path: str, source: Source, tree: ast.Module, interest: Interest, shallow: bool) -> None:
        self.path, self.source, self.tree = path, source, tree
        declares = b"global" in source.data or b"nonlocal" in source.data or not source.plain
        self.raw = Visitor(tree, shallow, declares)
        self._places = Places(source, self.raw)
        self._uses = Uses(self._places)
        self._bindings = Bindings(self._places, self._uses, interest)
        self._texts = Texts(self._places, interest)
        self._interest = interest

    def facts(self, with_definitions: bool) -> FileFacts:
        bindings = self._bindings.relevant()
        unbound = self._bindings.unbound()
        exports, all_names = self._exports(self._bindings.aliases)
        loads = self._places.loads
        members = self._texts.loose(self._uses.found)
        strings = self._texts.strings()
        telling = any(text.role != "docstring" for text in strings)
        # Without anything that may refer to an engine in code, nobody asks what the file does with objects.
        refers = bindings or unbound or members or telling or self._uses.found
        touches = Touches(self.tree, self._places, self._uses, self._interest).found() if refers else ()
        overlaid = self._bindings.overlaid()
        return FileFacts(
            path=self.path,
            statements=self._bindings.statements,
            aliases=self._bindings.aliases,
            bindings=bindings,
            uses=tuple(self._uses.found),
            texts=strings,
            exports=exports,
            definitions=definitions(self.tree, self.source) if with_definitions else (),
            all_names=all_names,
            attributes=self._texts.members(touches),
            comments=self._texts.comments(),
            insertion=self._insertion(),
            has_getattr=any(kind == "def" for kind, _ in self.raw.scopes[0].binders.get("__getattr__", [])),
            newline=self.source.newline,
            unbound=unbound,
            members=members,
            held=Receivers(self._places, self._uses, self._interest.members).found(),
            touches=touches,
            dynamic=any(name in loads for name in ("globals", "locals", "vars", "exec", "eval"))
            or self.raw.asks_modules,
            overlaid=overlaid,
            named=self._texts.named(),
            values=self._bindings.values(),
        )

    def _exports(self, aliases: tuple[Alias, ...]) -> tuple[tuple[Exported, ...], tuple[str, ...] | None]:
        result: list[Exported] = []
        assigned = self._assigned()
        for name, binders in sorted(self.raw.scopes[0].binders.items()):
            kinds = tuple(sorted({kind for kind, _ in binders}))
            # An import for type checkers beside one that runs: at run time there is one binder.
            running = [alias for kind, alias in binders if kind != "type-import"] or [alias for _, alias in binders]
            # The same import made twice is one binder, too.
            made = {
                (aliases[n].module, aliases[n].level, aliases[n].name, aliases[n].asname) for n in running if n >= 0
            }
            single = len(running) == 1 or (min(running) >= 0 and len(made) == 1)
            value = assigned.get(name, "") if len(binders) == 1 else ""
            result.append(Exported(name, kinds, running[0] if single else -1, value))
        all_names = None
        if self.raw.has_all and self.raw.all_literal:
            all_names = tuple(str(node.value) for node in self.raw.all_nodes)
        return tuple(result), all_names

    def _assigned(self) -> dict[str, str]:
        """Return the names that the module assigns another name to: `Name = module.Other`."""
        result: dict[str, str] = {}
        for node in self.tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
            if value is not None and (path := dotted(value)):
                result.update((target.id, path) for target in targets if isinstance(target, ast.Name))
        return result

    def _insertion(self) -> int:
        """Return where a statement may be inserted: behind the docstring and the `from __future__` imports."""
        last: ast.stmt | None = None
        for index, statement in enumerate(self.tree.body):
            docstring = index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
            if docstring or future:
                last = statement
            elif not isinstance(statement, ast.Expr):
                break
        if last is None:
            first = self.tree.body[0] if self.tree.body else None
            return self.source.starts[first.lineno - 1] if first is not None else len(self.source.data)
        line = last.end_lineno or last.lineno
        return self.source.starts[line] if line < len(self.source.starts) else len(self.source.data)
