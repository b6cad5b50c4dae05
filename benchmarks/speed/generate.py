"""A repository of any size, from a seed: the same size and seed give the same tree id, on any machine.

A company's monorepo: packages in packages, files of 2 to 20 kB with classes and functions, each importing some others,
most of them near it; a fifth of the files are tests. One in a hundred files imports one of two legacy engines, in the
forms that such files have, and as many only mention one in a docstring, or use a namesake from elsewhere. So whatever
grows with the repository grows in proportion: files, bytes, importers, candidates.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bodies import WORDS, piece

TEAM, AREA = 20, 400  # files of a team's package, and of an area's
IMPORTING = 100  # one file in so many imports an engine, and as many mention one
POOL = 300  # different functions and classes that bodies are made of

CONFIG = """\
[migration]
name = "one-engine"
target = "corp.engines.engine:Engine"

[[engine]]
legacy = "corp.engines.legacy_engine:LegacyEngine"

[[engine]]
legacy = "corp.engines.batch_engine:BatchEngine"
"""
ENGINE = '''\
"""{title}."""


class {name}:
    """Runs tasks for one user."""

    limit = 10

    def __init__(self, registry, bridge=None):
        self.registry = registry
        self.bridge = bridge

    def run(self, task, *, retries=0):
        """Run a task and return what it gives."""
        return self.registry.get(task, retries)

    def stop(self):
        """Stop all tasks."""
        self.bridge = None
'''
FIXED = {
    "consolidate.toml": CONFIG,
    "corp/__init__.py": '"""The company."""\n',
    "corp/engines/__init__.py": '"""Engines."""\n',
    "corp/engines/engine.py": ENGINE.format(title="The one engine", name="Engine"),
    "corp/engines/legacy_engine.py": ENGINE.format(title="The first engine", name="LegacyEngine"),
    "corp/engines/batch_engine.py": ENGINE.format(title="The engine for batches", name="BatchEngine"),
    "corp/vendor/__init__.py": '"""Code of others."""\n',
    "corp/vendor/machines.py": ENGINE.format(title="A namesake that is no engine of ours", name="LegacyEngine"),
}
LEGACY = (("legacy_engine", "LegacyEngine"), ("batch_engine", "BatchEngine"))


@dataclass(frozen=True, slots=True)
class Module:
    """A generated Python file; `number` counts them in the order in which they may import each other."""

    number: int
    path: str

    @property
    def dotted(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def name(self) -> str:
        return f"Service{self.number}"


def modules(size: int) -> Iterator[Module | str]:
    """Yield the generated files of a repository of `size` Python files; an `__init__.py` is a path alone."""
    left = size - sum(path.endswith(".py") for path in FIXED)
    number, known = 0, set[str]()
    while left > 0:
        area, team = number // AREA, number % AREA // TEAM
        test = number % 5 == 4
        folder = f"corp/area_{area:03}/team_{team:02}" if not test else f"tests/area_{area:03}/team_{team:02}"
        for package in (folder.rpartition("/")[0], folder):
            if not test and package not in known and left > 1:
                known.add(package)
                left -= 1
                yield f"{package}/__init__.py"
        yield Module(number, f"{folder}/{'test_' if test else ''}module_{number:06}.py")
        number += 1
        left -= 1


def files(size: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield path and contents of every file of the repository."""
    pool = [piece(random.Random(f"{seed} {index}"), index) for index in range(POOL)]
    known: list[Module] = []
    for path, text in FIXED.items():
        yield path, text.encode()
    for module in modules(size):
        if isinstance(module, str):
            yield module, f'"""The package {module.rpartition("/")[0].replace("/", ".")}."""\n'.encode()
            continue
        yield module.path, source(module, known, pool, random.Random(f"{seed} {module.path}")).encode()
        known.append(module)


def source(module: Module, known: list[Module], pool: list[str], chance: random.Random) -> str:
    """Return the text of a file: imports, its own class, pieces of the pool, and what it has to do with engines."""
    near = [other for other in known[-TEAM:] if not other.path.startswith("tests/")]
    used = chance.sample(near, min(len(near), chance.randint(1, 4)))
    if len(known) > TEAM and not (far := known[chance.randrange(len(known))]).path.startswith("tests/"):
        used.append(far)
    used = list(dict.fromkeys(used))
    head = [
        f'"""What {chance.choice(WORDS)} and {chance.choice(WORDS)} have to do with each other ({module.number})."""',
        "",
    ]
    head += ["import json", "import logging", "from collections import defaultdict", ""]
    head += [statement(module, other, index) for index, other in enumerate(used)]
    imports, body = engines(module, chance)
    calls = [f"        self.parts.append({other.name}(options))" for other in used]
    own = [
        "",
        "logger = logging.getLogger(__name__)",
        "",
        "",
        f"class {module.name}:",
        '    """Holds its parts."""',
        "",
    ]
    own += [
        "    def __init__(self, options=None):",
        "        self.options = options",
        "        self.parts = []",
        *calls,
    ]
    wanted = int(2000 * 10 ** chance.random())  # bytes: 2 to 20 kB, the smaller the more
    length, pieces = 0, []
    for text in chance.sample(pool, 60):
        if length >= wanted:
            break
        pieces.append(text)
        length += len(text)
    return "\n".join([*head, *imports, *own, *body, "", *pieces])


def statement(module: Module, other: Module, index: int) -> str:
    """Return an import of another module's class: every third one that is beside it is relative."""
    beside = module.path.rpartition("/")[0] == other.path.rpartition("/")[0]
    if beside and index % 3 == 2:
        return f"from .{other.dotted.rpartition('.')[2]} import {other.name}"
    return f"from {other.dotted} import {other.name}"


def engines(module: Module, chance: random.Random) -> tuple[list[str], list[str]]:
    """Return import statements and functions that have to do with engines, of the few files that have.

    Of a hundred files one imports an engine: a test (number 9), then code of the application (11), and so on.
    """
    kind, turn = module.number % IMPORTING, module.number // IMPORTING
    home, name = chance.choice(LEGACY)
    if kind == 9 and turn % 2:
        patch = [
            "def test_run(monkeypatch):",
            f'    monkeypatch.setattr("{module.dotted}.{name}", lambda registry: None)',
        ]
        return [f"from corp.engines.{home} import {name}"], [*using(name), *(["", "", *patch] if turn % 4 == 1 else [])]
    if kind == 11 and not turn % 2:
        form = turn // 2 % 3
        if form == 1:
            return [f"import corp.engines.{home} as {home}"], using(f"{home}.{name}")
        if form == 2:
            return [], [
                "",
                "",
                "def later(registry):",
                f"    from corp.engines.{home} import {name}",
                f"    return {name}(registry)",
            ]
        return [f"from corp.engines.{home} import {name}"], using(name)
    if kind == 17:
        return [], [
            "",
            "",
            "def compare(first: object) -> bool:",
            f'    """Tell whether it does what {name} did."""',
            "    return bool(first)",
        ]
    if kind == 10 and turn % 10 == 0:
        return ["from corp.vendor.machines import LegacyEngine"], [
            "",
            "",
            "def other(it):",
            "    return LegacyEngine(it)",
        ]
    return [], []


def using(name: str) -> list[str]:
    """Return a function that makes an engine and runs it."""
    use = [
        f"def run_it(registry, task) -> {name}:",
        f"    engine = {name}(registry)",
        "    engine.run(task, retries=2)",
    ]
    return ["", "", *use, "    return engine"]


def write(folder: Path, size: int, seed: int) -> str:
    """Make the repository at `folder`, with its files checked out; return the id of its tree."""
    git(folder.parent, "init", "--quiet", "--initial-branch=main", str(folder))
    for key, value in (("user.name", "Benchmark"), ("user.email", "benchmark@example.org"), ("gc.auto", "0")):
        git(folder, "config", key, value)
    importing = ["git", "-c", "pack.compression=1", "fast-import", "--quiet", "--done"]
    process = subprocess.Popen(importing, cwd=folder, stdin=subprocess.PIPE)
    assert process.stdin is not None
    with process.stdin as stream:
        message = b"Everything"
        stream.write(b"commit refs/heads/main\ncommitter B <b@example.org> 1700000000 +0000\n")
        stream.write(b"data %d\n%s\n" % (len(message), message))
        for path, data in files(size, seed):
            stream.write(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
        stream.write(b"done\n")
    if process.wait():
        raise SystemExit("error: git fast-import failed")
    git(folder, "reset", "--quiet", "--hard")
    return git(folder, "rev-parse", "HEAD^{tree}").strip()


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def digest(size: int, seed: int) -> str:
    """Return a hash of all paths and contents, without git."""
    found = hashlib.sha256()
    for path, data in files(size, seed):
        found.update(b"%s\0%d\0%s" % (path.encode(), len(data), data))
    return found.hexdigest()
