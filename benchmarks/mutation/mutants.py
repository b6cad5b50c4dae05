"""The mutants of a tree: every place that an operator of cosmic-ray changes, and a sample of them.

A site is one place in one file that one family of operators changes (a comparison, a number, a loop ...); operators
give it one to eleven variants, such as `==` as `!=`, `<`, `is`. The sample takes sites, and one variant of each: else
two thirds of it would be arithmetic on operators that are written once and spelt in eleven ways. Which sites and which
variant follows from the seed and from the text of the line, not from its number, so that an edit elsewhere in the
file leaves the choice as it is.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import itertools
import json
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.provider import OperatorProvider

# These need arguments that say which variable is meant.
_WITH_ARGUMENTS = {"VariableReplacer", "VariableInserter"}
_FAMILY = re.compile(r"(Replace(?:Comparison|Binary|Unary)Operator)_.*")
_CACHES = {"cache", "lru_cache", "functools.cache"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the line it is in, before and after, the key of its site and the new text of the file."""

    path: str
    line: int
    operator: str
    old: str
    new: str
    key: str
    text: str


class Same(ast.NodeTransformer):
    """Takes out what no test can see: annotations, which decide nothing, caches and TYPE_CHECKING."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        """Forget which arguments may be passed by name or by place alone."""
        node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
        node.defaults += [item for item in node.kw_defaults if item is not None]
        node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [item for item in node.decorator_list if _dotted(item) not in _CACHES]
        return self.generic_visit(node)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_If(self, node: ast.If) -> ast.AST:
        names = [item.id for item in ast.walk(node.test) if isinstance(item, ast.Name)]
        if names == ["TYPE_CHECKING"] and not node.orelse:
            return ast.Pass()
        return self.generic_visit(node)


def _dotted(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def _meaning(text: str) -> str:
    """Return what the file means to a test; raises SyntaxError, also where Python only warns (`is "text"`)."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parsed = ast.parse(text)
        compile(parsed, "mutant", "exec")
    return ast.dump(Same().visit(parsed))


def _changed(site: Site, before: list[str], after: list[str]) -> tuple[str, str]:
    """Return the line of the site as it was and as it is; the first that differs, where that one doesn't."""
    if len(after) < len(before) and site.family == "RemoveDecorator":
        return site.line, "(removed)"
    spots = [site.spot[0] - 1, *range(min(len(before), len(after)))]
    index = next((number for number in spots if before[number] != after[number]), spots[0])
    return before[index].strip(), after[index].strip()


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield the statements of a module, each with the number of its first line: a mutant concerns one of them."""
    lines = text.splitlines(keepends=True)
    for node in ast.parse(text).body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(item.lineno for item in decorators)])
        yield first, "".join(lines[first - 1 : node.end_lineno])


@dataclass(frozen=True, slots=True)
class Site:
    """One place that one family of operators changes: `spot` and `variants` (operator, occurrence) in a statement."""

    path: str
    first: int
    statement: str
    spot: tuple[int, int]
    family: str
    variants: tuple[tuple[str, int], ...]
    ordinal: int = 0

    @property
    def line(self) -> str:
        return self.statement.splitlines()[self.spot[0] - 1].strip()

    @property
    def key(self) -> str:
        """Return what stays the same as long as the line does."""
        return f"{self.path}|{self.family}|{self.line}|{self.ordinal}"


def sites(path: str, text: str) -> Iterator[Site]:
    """Yield the sites of a file, in its order."""
    operators = [(name, OperatorProvider()[name]()) for name in OperatorProvider() if name not in _WITH_ARGUMENTS]
    seen: Counter[str] = Counter()
    for first, statement in _statements(text):
        found: dict[tuple[tuple[int, int], str], list[tuple[str, int]]] = defaultdict(list)
        nodes = list(ast_nodes(parso.parse(statement)))
        for name, operator in operators:
            spots = [spot for node in nodes for spot, _ in operator.mutation_positions(node)]
            for occurrence, spot in enumerate(spots):
                found[spot, _FAMILY.sub(r"\1", name)].append((name, occurrence))
        for spot, family in sorted(found):
            site = Site(path, first, statement, spot, family, tuple(found[spot, family]))
            yield replace(site, ordinal=seen[site.key])
            seen[site.key] += 1


def mutant(site: Site, text: str, seed: int) -> Mutant | None:
    """Return the first variant for this seed that compiles and means something else, if one does."""
    lines, before = text.splitlines(keepends=True), site.statement.splitlines(keepends=True)
    meaning = _meaning(site.statement)
    for name, occurrence in sorted(site.variants, key=lambda item: _rank(seed, f"{site.key}|{item[0]}")):
        # cosmic-ray's ExceptionReplacer knows no dotted names; `is "text"` is an error by way of a warning.
        with contextlib.suppress(AttributeError, SyntaxError, SyntaxWarning):
            mutated = mutate_code(site.statement, OperatorProvider()[name](), occurrence)
            if _meaning(mutated) == meaning:
                continue
            old, new = _changed(site, before, mutated.splitlines(keepends=True))
            whole = "".join([*lines[: site.first - 1], mutated, *lines[site.first - 1 + len(before) :]])
            return Mutant(site.path, site.first + site.spot[0] - 1, name, old, new, site.key, whole)
    return None


def _rank(seed: int, text: str) -> str:
    return hashlib.sha256(f"{seed}|{text}".encode()).hexdigest()


def population(root: Path, packages: Sequence[str]) -> dict[str, list[Site]]:
    """Return the sites of each file, in the order of paths."""
    paths = sorted(path for package in packages for path in (root / package).rglob("*.py"))
    named = [(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    return {name: list(sites(name, text)) for name, text in named}


def sample(root: Path, of: dict[str, list[Site]], size: int, seed: int) -> list[Mutant]:
    """Return one variant of `size` sites, each file in proportion to its sites; of all, where the size is 0."""
    total = sum(map(len, of.values()))
    shares = {path: len(places) * (min(size, total) or total) / total for path, places in of.items()}
    taken = {path: int(share) for path, share in shares.items()}
    rest = sorted(shares, key=lambda path: (taken[path] - shares[path], path))
    for path in rest[: (min(size, total) or total) - sum(taken.values())]:
        taken[path] += 1
    chosen = []
    for path, places in of.items():
        text = (root / path).read_text(encoding="utf-8")
        order = sorted(places, key=lambda site: _rank(seed, site.key))
        valid = (found for site in order if (found := mutant(site, text, seed)))
        chosen += list(itertools.islice(valid, taken[path]))
    return chosen


def main() -> None:
    root, size, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    of = population(root, sys.argv[4:])
    chosen = [asdict(item) for item in sample(root, of, size, seed)]
    print(json.dumps({"sites": sum(map(len, of.values())), "mutants": chosen}))


if __name__ == "__main__":
    main()
