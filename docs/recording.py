"""Makes demo.svg: what a terminal shows while the sample is migrated and taken back. `python docs/recording.py`

The commands run for real, in a copy of the sample in a folder of its own. The picture moves by CSS alone, so that it
does so where scripts are not allowed, and stands still for who prefers no motion.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 80, 27
CELL, LINE, MARGIN = 8.4, 18, 16  # pixels

# Each command, the rows of its output that are shown, and for how many seconds.
SCENES = (
    ("plan", slice(0, 25), 8),
    ("diff --phase 2", slice(0, 25), 7),
    ("apply --all", slice(0, 25), 4),
    ("status", slice(0, 25), 6),
    ("revert --phase 1 --through", slice(0, 25), 5),
)
_CODE = re.compile(r"\x1b\[([0-9;]*)m")
_CLASSES = {"1": "b", "2": "d", "31": "r", "32": "g", "35": "m", "36": "c"}
_STYLE = """
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d6deeb; white-space: pre }
.b { font-weight: bold } .d { fill: #8b98a9 } .r { fill: #ff7b80 } .g { fill: #7fd88f } .m { fill: #d99be8 }
.c { fill: #6cc7e0 } .p { fill: #7fd88f } rect { fill: #141c26 }
"""


@dataclass(frozen=True)
class Scene:
    """A command and the lines that it writes, with the terminal's codes for colours in them."""

    command: str
    lines: tuple[str, ...]
    seconds: int


def pieces(line: str) -> list[tuple[str, str]]:
    """Return the parts of a line with the classes of each ("" for plain text); what is beyond the screen is cut."""
    found: list[tuple[str, str]] = []
    current: list[str] = []
    room = COLUMNS
    for index, part in enumerate(_CODE.split(line)):
        if index % 2:
            codes = [code for code in part.split(";") if code not in ("", "0")]
            current = [*current, *(_CLASSES[code] for code in codes if code in _CLASSES)] if codes else []
        elif part and room > 0:
            text = part if len(part) <= room else f"{part[: room - 1]}…"
            room -= len(text)
            found.append((text, " ".join(current)))
    return found


def picture(scenes: list[Scene]) -> str:
    """Return the SVG of scenes that follow one another, again and again."""
    width, height = round(COLUMNS * CELL + 2 * MARGIN), (ROWS + 1) * LINE + 2 * MARGIN
    total = sum(scene.seconds for scene in scenes)
    rules, groups = [_STYLE], []
    start = 0
    for number, scene in enumerate(scenes):
        first, last = 100 * start / total, 100 * (start + scene.seconds) / total
        hidden = f"{first:.2f}%" if first else "0.00%"
        rules.append(
            f"@keyframes s{number} {{ 0% {{ opacity: {int(not start)} }} {hidden} {{ opacity: 1 }} "
            f"{last - 0.01:.2f}% {{ opacity: 1 }} {last:.2f}% {{ opacity: 0 }} 100% {{ opacity: 0 }} }}\n"
            f"#s{number} {{ opacity: {int(not start)}; animation: s{number} {total}s step-end infinite }}"
        )
        start += scene.seconds
        rows = [f'<tspan class="p">$</tspan> <tspan class="b">consolidate {escape(scene.command)}</tspan>']
        rows += ["".join(_span(text, kind) for text, kind in pieces(line)) for line in scene.lines]
        text = "\n".join(
            f'<text x="{MARGIN}" y="{MARGIN + LINE * (row + 1)}" xml:space="preserve">{content}</text>'
            for row, content in enumerate(rows)
            if content
        )
        groups.append(f'<g id="s{number}">\n{text}\n</g>')
    rules.append("@media (prefers-reduced-motion: reduce) { g { animation: none !important } }")
    told = ", then ".join(f"consolidate {scene.command}" for scene in scenes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="A terminal: {escape(told)}">\n<style>{"".join(rules)}</style>\n'
        f'<rect width="100%" height="100%" rx="8"/>\n' + "\n".join(groups) + "\n</svg>\n"
    )


def _span(text: str, kind: str) -> str:
    return f'<tspan class="{kind}">{escape(text)}</tspan>' if kind else escape(text)


def record(folder: Path) -> list[Scene]:
    """Run the commands in a copy of the sample below a folder; raises CalledProcessError where one of them fails."""
    repository = folder / "sample"
    shutil.copytree(ROOT / "sample_repo", repository, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(COLUMNS), "PYTHONUTF8": "1"}
    git = ("git", "-c", "user.name=Demo", "-c", "user.email=demo@example.org", "-C", str(repository))
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "The sample")):
        subprocess.run([*git, *words], check=True)
    for key, value in (("user.name", "Demo"), ("user.email", "demo@example.org")):
        subprocess.run([*git, "config", key, value], check=True)
    scenes = []
    for command, rows, seconds in SCENES:
        done = subprocess.run(
            [sys.executable, "-m", "consolidate", "--color", "always", *command.split()],
            cwd=repository,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        # One file of the sample is in latin-1, and so is its diff.
        scenes.append(Scene(command, tuple(done.stdout.decode("utf-8", "replace").split("\n")[rows]), seconds))
    return scenes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        (ROOT / "docs" / "demo.svg").write_text(picture(record(Path(folder))), encoding="utf-8")


if __name__ == "__main__":
    main()
