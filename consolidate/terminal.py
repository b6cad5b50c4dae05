"""The user's end of the line: what the streams can show, notes and progress on stderr, the product on stdout."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from typing import TextIO

from msgspec import Struct, field

from consolidate.render.look import Look, escape, harmless
from consolidate.render.pace import Pace

_INTERVAL = 0.1  # seconds between two updates of the progress line


class Terminal(Struct):
    """Where a command talks to. `verbosity` is -1 with `-q`, 0, 1 with `-v`; `color` is auto, always or never."""

    verbosity: int = 0
    color: str = "auto"
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _shown: float = 0.0
    _busy: bool = False
    _pace: Pace = field(default_factory=Pace)

    @property
    def look(self) -> Look:
        """What stdout can show."""
        return self._look(sys.stdout)

    def out(self, text: str = "") -> None:
        """Write a line, or lines, of the product to stdout.

        What comes from a repository has been escaped (`Look.plain`), colours of its own too; whatever has not been is
        escaped here, but for colours.
        """
        self.clear()
        sys.stdout.write(f"{harmless(text)}\n")

    def raw(self, data: bytes, *, is_harmless: bool = False) -> None:
        """Write bytes of the product to stdout as they are (diffs, JSON), for programs to read.

        On a terminal what is not printable is escaped, unless that `is_harmless` (a diff that was `painted`).
        """
        self.clear()
        if not is_harmless and _is_terminal(sys.stdout):
            lines = data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")
            data = "\n".join("\t".join(map(escape, line.split("\t"))) for line in lines).encode()
        sys.stdout.flush()
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None:
            sys.stdout.write(data.decode("utf-8", "backslashreplace"))
        else:
            buffer.write(data)

    def json(self, value: object) -> None:
        """Write a value as JSON to stdout, for programs and people to read."""
        self.raw(f"{json.dumps(value, indent=2, sort_keys=True)}\n".encode("ascii"))

    def note(self, text: str) -> None:
        """Write a line of talk to stderr, unless the user wants it quiet."""
        if self.verbosity >= 0:
            self.clear()
            sys.stderr.write(f"{escape(text)}\n")

    def error(self, what: str, where: str = "", hint: str = "") -> None:
        """Write an error as the one line `error: what; where; what to do` to stderr."""
        self.clear()
        parts = [escape(part.strip()) for part in (what, where, hint) if part.strip()]
        mark = self._look(sys.stderr).paint("error:", "bold", "red")
        sys.stderr.write(f"{mark} {'; '.join(parts)}\n")

    def progress(self, step: str, done: int, total: int) -> None:
        """Show how far a step has come: on a terminal only, at most ten times a second; one line, written over."""
        if self.verbosity < 0 or not _is_terminal(sys.stderr) or self.environment.get("TERM") == "dumb":
            return
        now = time.monotonic()
        if now - self._shown < _INTERVAL:
            return
        self._shown, self._busy = now, True
        line = self._pace.line(escape(step), done, total, now, self._look(sys.stderr))
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Wipe the progress line, if there is one: something else is going to write to the terminal."""
        if self._busy:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._busy = False

    def _look(self, stream: TextIO) -> Look:
        encoding = (getattr(stream, "encoding", None) or "ascii").lower().replace("-", "")
        terminal = _is_terminal(stream)
        columns = shutil.get_terminal_size((80, 24)).columns if terminal else 80
        return Look(
            colour=self._colours(terminal),
            unicode=encoding in ("utf8", "utf16", "utf_8", "cp65001"),
            width=max(columns, 40),
            terminal=terminal,
        )

    def _colours(self, terminal: bool) -> bool:
        """Decide on colours: the option first, then NO_COLOR, then FORCE_COLOR, then the terminal itself."""
        if self.color != "auto":
            return self.color == "always"
        if self.environment.get("NO_COLOR"):
            return False
        forced = self.environment.get("FORCE_COLOR", "")
        if forced:
            return forced != "0"
        return terminal and self.environment.get("TERM") != "dumb"


def _is_terminal(stream: TextIO) -> bool:
    return bool(getattr(stream, "isatty", lambda: False)())
