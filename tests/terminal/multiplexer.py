"""A command in tmux, a terminal that people use, on a server of its own; what it shows is told as by the emulator."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from tests.terminal.screen import COLUMNS, Emulated, Screen, seen

_PATIENCE = 60.0


def absent() -> str:
    """Return why there is no tmux to test with; "" if there is one."""
    return "" if shutil.which("tmux") else "tmux is not installed"


class Tmux:
    """A running command in a pane of tmux."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], rows: int) -> None:
        self._rows = rows
        self._before: Screen | None = None  # what stood there before the last keys
        # A server for each: one that is told to end takes a moment. The path of a socket has to be short.
        self._folder = tempfile.TemporaryDirectory(prefix="tmux-")
        self._server = [
            "tmux",
            "-S",
            f"{self._folder.name}/socket",
            "-f",
            "/dev/null",
            "-u",
        ]  # UTF-8, whatever the locale
        self._environment = {
            "PATH": environment["PATH"],
            "HOME": self._folder.name,
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
        }
        variables = [f"{name}={value}" for name, value in environment.items() if name != "TERM"]
        program = " ".join(["env", "-i", *map(shlex.quote, variables), 'TERM="$TERM"', *map(shlex.quote, command)])
        # The title of the pane comes behind everything that the command wrote, and shows nothing on the screen.
        script = f"{program}; printf '\\033]2;ended %s\\007' $?; exec sleep 600"
        self._tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(rows), "-c", str(folder), script)

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tmux("kill-server")
        self._folder.cleanup()

    def until(self, text: str) -> Screen:
        """Return the screen as soon as its last line ends with the text."""
        for _ in self._patiently():
            screen = self._capture()
            if screen != self._before and screen.lines and screen.lines[-1].text.endswith(text):
                return screen
        raise AssertionError(f"no {text!r} came:\n{self._capture()}")

    def type(self, keys: str) -> None:
        """Type keys."""
        self._before = self._capture()
        self._tmux("send-keys", "-l", keys)

    def end(self) -> Screen:
        """Wait for the end of the command and return the last screen."""
        for _ in self._patiently():
            word, _, code = self._tmux("display", "-p", "#{pane_title}").strip().partition(" ")
            if word == "ended":
                return self._capture(int(code))
        raise AssertionError(f"it does not end:\n{self._capture()}")

    def _capture(self, code: int | None = None) -> Screen:
        styled = self._tmux("capture-pane", "-e", "-p")
        screen = Emulated(self._rows)
        pyte.Stream(screen).feed(styled.rstrip("\n").replace("\n", "\r\n"))
        return seen(screen, code)

    def _tmux(self, *words: str) -> str:
        done = subprocess.run(
            [*self._server, *words], env=self._environment, capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout

    @staticmethod
    def _patiently():
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            yield
            time.sleep(0.02)
