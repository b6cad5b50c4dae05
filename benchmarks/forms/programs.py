"""A program: a small tree in which a legacy class is referred to in one form, and what a migration of it may do.

Every tree has the same two classes, `app.old.legacy:OldEngine` and its successor `app.engine:UserEngine`, which behave
alike. What a program prints says which object every reference is; so after a migration it must print the same, with
the one class for the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

OLD_MODULE, OLD_NAME = "app.old.legacy", "OldEngine"
NEW_MODULE, NEW_NAME = "app.engine", "UserEngine"
LEGACY, ENGINE = "app/old/legacy.py", "app/engine.py"
# A line with none of these words in its statement has nothing to do with the migration.
WORDS = ("OldEngine", "UserEngine", "legacy", "Eng", "Engine", "api", "hub")

CLASS = '''\
class {}(Exception):
    """Runs things."""

    limit = 3

    def __init__(self, name="n"):
        super().__init__(name)
        self.name = name

    def run(self):
        return "ran " + self.name
'''

# Prints what a reference is: a class by its home, anything else by its value.
SEE = '''\
"""What programs print with."""
import importlib
import sys


def see(label, thing):
    if isinstance(thing, type):
        print(label, "is", f"{thing.__module__}:{thing.__qualname__}")
    else:
        print(label, "=", repr(thing))


def load(path):
    module, _, name = path.replace(":", ".").rpartition(".")
    return getattr(importlib.import_module(module), name)


def loaded():
    """Say if any engine's module was imported."""
    return any(name.startswith("app.") and name.endswith(("gine", "gacy")) for name in sys.modules)
'''

MAPPED = {f"{OLD_MODULE}:{OLD_NAME}": f"{NEW_MODULE}:{NEW_NAME}"}


@dataclass(frozen=True, slots=True)
class Program:
    """One tree of a form.

    `files` are those of the form alone, `main` the module to run. `head` and `tail` stand around the legacy class in
    its module and stay when the class goes. `moves` are further names of the legacy module with their new homes, which
    every tool is told; `exports` is what `consolidate` has to be told besides. `texts` are for files that can't be run:
    the contents that count as right.
    `checking` runs the program a second time as a type checker sees it. `untouched` is a program without a reference.
    """

    files: dict[str, bytes]
    main: str = "app.main"
    head: str = ""
    tail: str = ""
    engine_tail: str = ""
    moves: dict[str, str] = field(default_factory=dict)
    exports: str = ""
    texts: dict[str, frozenset[bytes]] = field(default_factory=dict)
    checking: bool = False
    untouched: bool = False

    def tree(self) -> dict[str, bytes]:
        """Return all files, before."""
        folders = {folder for path in (*self.files, LEGACY) for folder in PurePosixPath(path).parents[:-1]}
        shared = {
            **{f"{folder}/__init__.py": b"" for folder in sorted(folders)},
            "app/see.py": SEE.encode(),
            ENGINE: self.engine(),
            LEGACY: self.legacy(),
        }
        return shared | self.files

    def engine(self) -> bytes:
        return (CLASS.format(NEW_NAME) + self.engine_tail).encode()

    def legacy(self) -> bytes:
        return (self.head + CLASS.format(OLD_NAME) + self.tail).encode()

    def legacy_without(self) -> bytes | None:
        """Return the legacy module without its class, None if it has nothing else."""
        return (self.head + self.tail).encode() or None

    def configuration(self) -> bytes:
        """Return what `consolidate` is told."""
        lines = [
            f'[migration]\nname = "one"\ntarget = "{NEW_MODULE}:{NEW_NAME}"\n',
            f'[[engine]]\nlegacy = "{OLD_MODULE}:{OLD_NAME}"\n',
            f"[engine.exports]\n{self.exports}\n" if self.exports else "",
        ]
        return "\n".join(filter(None, lines)).encode()

    def all_moves(self) -> dict[str, str]:
        """Return old -> new, both as `module:name`, for the tools that are told names."""
        return MAPPED | self.moves


@dataclass(frozen=True, slots=True)
class Form:
    """A way to refer to a class: the row of the table, and a program for each position."""

    name: str
    programs: dict[str, Program]


def files(text: str) -> dict[str, bytes]:
    """Return the files of a text in which each begins with a line `--- path`."""
    parts = re.split(r"^--- (\S+)\n", text.lstrip("\n"), flags=re.MULTILINE)
    return {path: body.encode() for path, body in zip(parts[1::2], parts[2::2], strict=True)}


def write(folder: Path, tree: dict[str, bytes]) -> None:
    for path, data in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def read(folder: Path) -> dict[str, bytes]:
    """Return the files of a program as they lie there now: nothing of git's, nor of a tool's own."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in sorted(found.items()) if name.startswith("app/")}
