"""What must hold for a migration: compares every stage with the package as it was."""

from __future__ import annotations

import ast
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

from planner.model import Action, ShimKind
from tests.property.migrate import Migration, digest, migrate, plan_of
from tests.property.modules import extra_name
from tests.property.render import Package


@dataclass(frozen=True, slots=True)
class Fault:
    """A promise that does not hold: `kind` is a word, `stage` the phase after which it shows (0: the plan itself)."""

    kind: str
    stage: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one package; `usable` is False where it did not run to begin with, so that it proves nothing."""

    usable: bool
    faults: tuple[Fault, ...] = ()
    migration: Migration | None = None


class Judge:
    """Holds the other process. A context manager."""

    def __enter__(self) -> Self:
        self._folder = Path(tempfile.mkdtemp(prefix="consolidate-property-"))
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        self._process = subprocess.Popen(
            [sys.executable, "-B", str(Path(__file__).with_name("child.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self._folder,
            env={**environment, "PYTHONHASHSEED": "0"},
        )
        return self

    def __exit__(self, _a: type[BaseException] | None, _b: BaseException | None, _c: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        shutil.rmtree(self._folder)

    def run(self, package: Package, files: dict[str, bytes]) -> dict[str, Any]:
        """Write a tree, run it in the other process and return what it says."""
        root = Path(tempfile.mkdtemp(dir=self._folder))
        for folder in sorted({os.path.dirname(path) for path in files}):  # noqa: PTH120 - many of them, and quickly
            (root / folder).mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            with open(f"{root}/{path}", "wb") as file:  # noqa: PTH123 - likewise
                file.write(data)
        here = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in files}
        modules = [name for name in package.modules if name in here]
        order = {"root": str(root), "top": package.spec.top, "modules": modules}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        shutil.rmtree(root)
        return answer

    def judge(self, package: Package, *, orders: bool = False) -> Verdict:
        """Migrate a package and return what does not hold; with `orders`, plan it a second time in another order."""
        before = self.run(package, package.files)
        if any(before["alone"].values()) or before["failed"] or before["typed"]["failed"]:
            return Verdict(False)
        try:
            migration = migrate(package)
        except Exception as error:  # noqa: BLE001 - a crash is a finding like any other
            return Verdict(True, (Fault("crash", 0, f"{type(error).__name__}: {error}"),))
        faults = [*_of_plan(migration)]
        seen_trees = {0: before}
        for number, files in enumerate(migration.stages[1:], 1):
            faults += _of_files(migration, number, files)
            seen_trees[number] = self.run(package, files)
            faults += _of_run(migration, number, before, seen_trees[number])
            if faults:
                break
        if not faults and len(migration.stages) == len(migration.plan.phases) + 1:
            again = plan_of(package, migration.stages[-1])
            faults += (
                Fault("again", phase.number, f"a second plan has a phase {phase.title!r}: {phase.files[0].path}")
                for phase in again.phases
            )
        if orders and digest(package) != digest(package, Random(1)):
            faults.append(Fault("order", 0, "the plan depends on the order in which files are read"))
        return Verdict(True, tuple(faults), migration)


def _of_plan(migration: Migration) -> Iterator[Fault]:
    for phase in migration.plan.phases:
        for item in phase.unproved:
            yield Fault("gate", phase.number, f"{item.path}: {item.reason}")
    for reference in migration.plan.references:
        if reference.reason.startswith(("not proved", "two edits meet")):
            yield Fault("unproved", 0, f"{reference.path}:{reference.line}: {reference.reason}")
            return
    for note in migration.plan.notes:
        if "gets no shim" in note:
            yield Fault("no-shim", 0, note)


def _of_files(migration: Migration, number: int, files: dict[str, bytes]) -> Iterator[Fault]:
    legacy = {engine.path for engine in migration.plan.engines}
    for path, data in files.items():
        old = migration.package.files[path]
        if data == old:
            continue
        try:
            ast.parse(data)
        except SyntaxError as error:
            yield Fault("syntax", number, f"{path}:{error.lineno}: {error.msg}")
            continue
        if path in legacy:
            continue
        if sorted(_comments(data)) != sorted(_comments(old)):
            yield Fault("comments", number, f"{path}: {_comments(old)} became {_comments(data)}")
        if old.count(b"\n") == old.count(b"\r\n") != 0 and data.count(b"\n") != data.count(b"\r\n"):
            yield Fault("newline", number, f"{path}: lines that end otherwise")
        if old.endswith(b"\n") != data.endswith(b"\n") or old.startswith(b"\xef\xbb\xbf") != data.startswith(
            b"\xef\xbb\xbf"
        ):
            yield Fault("bytes", number, f"{path}: its end or its byte order mark")


def _comments(data: bytes) -> list[str]:
    return [token.string for token in tokenize.tokenize(io.BytesIO(data).readline) if token.type == tokenize.COMMENT]


def _of_run(migration: Migration, number: int, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Fault]:
    for name, why in after["alone"].items():
        if why:
            yield Fault("import", number, f"{name}, imported by itself: {why}")
    for name, why in after["failed"].items():
        if not after["alone"].get(name):
            yield Fault("import", number, f"{name}: {why}")
    excused = _excused(migration)
    yield from _of_seen(migration, number, before["seen"], after["seen"], excused, "")
    if not any(after["alone"].values()):
        # With TYPE_CHECKING true, an adapter is the bare replacement, and modules may import one another in a circle: a
        # type checker bears both, a run does not. So only what is there for type checkers is compared.
        hints = _hints(migration)
        typed = [[item for item in run["typed"]["seen"] if item[0] in hints] for run in (before, after)]
        if not after["typed"]["failed"]:
            yield from _of_seen(migration, number, typed[0], typed[1], excused, "typed-")


def _of_seen(
    migration: Migration, number: int, before: list[Any], after: list[Any], excused: set[str], prefix: str
) -> Iterator[Fault]:
    moved = _moved(migration)
    # A patch of the legacy module that its lookup site never saw had no effect: it may have one afterwards.
    idle = {item[0] for item in before if item[0] in _legacy_patches(migration) and item[1] not in _PATCHED}
    excused = excused | idle
    old, new = [item for item in before if item[0] not in excused], [item for item in after if item[0] not in excused]
    if [item[:1] for item in old] != [item[:1] for item in new]:
        yield Fault(f"{prefix}seen", number, f"probes {[i[0] for i in old]} became {[i[0] for i in new]}")
        return
    for (probe, was, homes), (_, now, goes) in zip(old, new, strict=True):
        if was != now:
            yield Fault(
                f"{prefix}seen", number, f"probe {probe} saw {was}, then {now} {goes if isinstance(now, str) else ''}"
            )
        elif isinstance(was, list) and len(homes) != len(goes):
            yield Fault(f"{prefix}identity", number, f"probe {probe}: {homes} became {goes}")
        elif isinstance(was, list):
            for home, goal in zip(homes, goes, strict=True):
                allowed = moved.get(home, {home})
                if goal not in allowed:
                    yield Fault(
                        f"{prefix}identity", number, f"probe {probe}: {home} became {goal}, not {sorted(allowed)}"
                    )


def _moved(migration: Migration) -> dict[str, set[str]]:
    """Return what each legacy symbol may be after the first phase: behind a shim its replacement, else either."""
    result: dict[str, set[str]] = {}
    spec = migration.package.spec
    for engine, planned in zip(spec.engines, migration.plan.engines, strict=True):
        old = str(planned.legacy)
        goal = str(planned.replacement)
        if planned.mode == "report":
            result.setdefault(old, {old})
        elif planned.shim in (ShimKind.ALIAS, ShimKind.ADAPTER):
            result.setdefault(old, set()).add(goal)
        else:
            result.setdefault(old, {old}).update((old, goal))
        for extra in engine.extras:
            home = f"{spec.top}.{engine.module}:{extra_name(extra, engine.number)}"
            if extra == "renamed":
                result[home] = {home, f"{spec.top}.core.homes:Option{engine.number}"}
    return result


_PATCHED = (["fake"], ["patched"])


def _legacy_patches(migration: Migration) -> set[str]:
    ways = ("patch-legacy", "patch-legacy-method", "patch-dict")
    return {str(take.number) for take in migration.package.spec.takes if take.how in ways}


def _hints(migration: Migration) -> set[str]:
    return {str(probe.number) for probe in migration.package.spec.probes if probe.way == "type-checking"}


def _excused(migration: Migration) -> set[str]:
    """Return the takes that patch what the plan leaves to a human: nobody promises that these keep their effect."""
    manual: dict[str, set[int]] = {}
    for item in migration.plan.references:
        if item.action is Action.MANUAL:
            manual.setdefault(item.path, set()).add(item.line)
    found: set[str] = set()
    for path, lines in manual.items():
        tree = ast.parse(migration.package.files[path])
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("probe_1"):
                number = node.name.partition("_")[2]
                if len(number) == 3 and lines & set(range(node.lineno, (node.end_lineno or 0) + 1)):
                    found.add(number)
    return found
