"""Changes that a day's work makes to a checkout, the same ones for the same round, and the way back."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "netra"))
import checkout

git = checkout.git


@dataclass(frozen=True)
class Subject:
    """A checkout (only benchmarks write to it) and the tables of the configuration that is measured on it."""

    place: Path
    tables: dict[str, Any]

    @cached_property
    def modules(self) -> list[str]:
        """The legacy modules."""
        return sorted({engine["legacy"].partition(":")[0] for engine in self.tables["engine"]})

    @cached_property
    def importers(self) -> list[str]:
        """The Python files that contain the dotted name of a legacy module, beside legacy modules and the target."""
        patterns = [word for module in self.modules for word in ("-e", module)]
        found = git(self.place, "grep", "-lzF", "--full-name", *patterns, "HEAD", "--", "*.py").split(b"\0")
        paths = {path.decode("utf-8", "surrogateescape").partition(":")[2] for path in found if path}
        homes = {self.tables["migration"]["target"].partition(":")[0], *self.modules}
        return sorted(paths - {home.replace(".", "/") + ".py" for home in homes})

    @cached_property
    def others(self) -> list[str]:
        """The Python files that are no importers."""
        legacy = {module.replace(".", "/") + ".py" for module in self.modules}
        return sorted(checkout.python_files(self.place, "HEAD").keys() - set(self.importers) - legacy)

    def chosen(self, count: int, salt: int) -> list[str]:
        """Return `count` files that parse, half of them importers, evenly spread; other ones for another salt."""
        half = count // 2
        return self._spread(self.importers, half, salt) + self._spread(self.others, count - half, salt)

    def _spread(self, paths: list[str], count: int, salt: int) -> list[str]:
        step = max(1, len(paths) // count)
        found: list[str] = []
        for start in range(step):
            for path in paths[(start + salt) % step :: step]:
                file = self.place / path
                if len(found) < count and path not in found and file.is_file() and parses(file.read_bytes()):
                    found.append(path)
            if len(found) == count:
                break
        return found

    def edit(self, paths: list[str], salt: int) -> None:
        """Change files of the work tree: importers get a line above their first import, others a function."""
        importers = set(self.importers)
        for path in paths:
            file = self.place / path
            data = file.read_bytes()
            new = remarked(data, salt) if path in importers else lengthened(data, salt)
            if not parses(new):
                raise SystemExit(f"error: the benchmark's own edit breaks {path}")
            file.write_bytes(new)

    def commit(self, paths: list[str]) -> None:
        """Commit files of the work tree; a partial clone may lack other ones, which `git commit` would ask for."""
        git(self.place, "--literal-pathspecs", "add", "--", *paths)
        tree = git(self.place, "write-tree", "--missing-ok").decode().strip()
        made = git(self.place, "commit-tree", tree, "-p", "HEAD", "-m", "A day's work").decode().strip()
        git(self.place, "update-ref", "HEAD", made)

    def restore(self, paths: list[str]) -> None:
        """Give files of the work tree the contents of the index."""
        git(self.place, "checkout-index", "--force", "--quiet", "--", *paths)

    def head(self) -> str:
        return checkout.resolve(self.place, "HEAD")

    def back_to(self, commit: str) -> None:
        """Move the branch, and the files that differ, back to a commit; everything else is left as it is.

        `git reset --hard` would ask for every file, and a partial clone lacks some.
        """
        changed = checkout.changed_paths(self.place, commit, "HEAD")
        if not changed:
            return
        git(self.place, "update-ref", "HEAD", commit)
        git(self.place, "--literal-pathspecs", "reset", "--quiet", commit, "--", *changed)
        there = set(git(self.place, "ls-files", "-z").decode("utf-8", "surrogateescape").split("\0"))
        self.restore([path for path in changed if path in there])
        for path in changed:
            if path not in there:
                (self.place / path).unlink(missing_ok=True)
        git(self.place, "update-index", "-q", "--refresh", check=False)


def parses(data: bytes) -> bool:
    try:
        ast.parse(data)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def lengthened(data: bytes, salt: int) -> bytes:
    """Return a file with a function of its own added at the end."""
    end = b"\r\n" if b"\r\n" in data else b"\n"
    lines = [b"", b"", b"def added_in_round_%d():" % salt, b"    return %d" % salt, b""]
    return data.rstrip() + end + end.join(lines)


def remarked(data: bytes, salt: int) -> bytes:
    """Return a file with a comment above its first import at module level: all that follows moves down a line."""
    imports = (ast.Import, ast.ImportFrom)
    line = next((item.lineno for item in ast.parse(data).body if isinstance(item, imports)), 0)
    if not line:
        return lengthened(data, salt)
    lines = data.splitlines(keepends=True)
    end = b"\r\n" if b"\r\n" in data else b"\n"
    new = b"".join([*lines[: line - 1], b"# Looked through in round %d" % salt + end, *lines[line - 1 :]])
    return new if parses(new) else lengthened(data, salt)
