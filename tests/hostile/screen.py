"""The program run in this process with stdout and stderr on a pseudo-terminal, and every byte that reaches it."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import sys
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consolidate.cli import main
from tests.hostile.world import World

# What the program itself sends to a terminal: colours (render/look.py), and the wiping of the progress line.
_OWN = re.compile(r"\x1b\[(?:0|1|2|31|32|35|36)(?:;(?:1|2|31|32|35|36))*m|\r\x1b\[K")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a run ended, and what the terminal got."""

    code: int
    data: bytes

    @property
    def text(self) -> str:
        """The text without what is the program's own; raises UnicodeDecodeError for what no terminal can show."""
        return _OWN.sub("", self.data.decode("utf-8"))

    @property
    def obeyed(self) -> list[str]:
        """Characters that a terminal would not show but obey, with what is around each."""
        text = self.text
        found = (at for at, char in enumerate(text) if not char.isprintable() and char not in "\n\t")
        return [ascii(text[max(at - 30, 0) : at + 30]) for at in found]


def on_a_terminal(world: World, *words: str) -> Shown:
    """Run the program, started in `base`, on the repository."""
    here = Path.cwd()
    os.chdir(world.base)
    try:
        with _terminal() as got:
            code = main(["-C", "repository", *words])
    finally:
        os.chdir(here)
    return Shown(code, bytes(got))


@contextlib.contextmanager
def _terminal() -> Iterator[bytearray]:
    """Let the descriptors 1 and 2 be a terminal; what it got is complete when the block has ended."""
    got = bytearray()
    ours, theirs = pty.openpty()
    tty.setraw(theirs)  # else it makes \r\n of \n

    def read() -> None:
        with contextlib.suppress(OSError):  # nobody writes any more
            while data := os.read(ours, 65536):
                got.extend(data)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    streams, kept = (sys.stdout, sys.stderr), (os.dup(1), os.dup(2))
    for number in (1, 2):
        os.dup2(theirs, number)
    os.close(theirs)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    try:
        yield got
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.close()
        sys.stdout, sys.stderr = streams
        for number, descriptor in zip((1, 2), kept, strict=True):
            os.dup2(descriptor, number)
            os.close(descriptor)
        reader.join(10)
        os.close(ours)
