"""The picture of a terminal in the README: made of what commands write, and well formed whatever they write."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from docs import recording
from tests.hostile_sources import world

ROOT = Path(__file__).resolve().parent.parent
NAME = "{http://www.w3.org/2000/svg}"


def test_colours_become_classes_and_long_lines_are_cut():
    assert recording.pieces("a \x1b[1mb\x1b[31mc\x1b[0m d") == [("a ", ""), ("b", "b"), ("c", "b r"), (" d", "")]
    [(text, _)] = recording.pieces("x" * 100)
    assert (len(text), text[-1]) == (recording.COLUMNS, "…")
    assert recording.pieces("x" * recording.COLUMNS + "\x1b[1my") == [("x" * recording.COLUMNS, "")]


def test_each_scene_is_shown_in_its_time_and_escaped():
    scenes = [recording.Scene("plan", ("<&>",), 3), recording.Scene("status", ("", "two"), 1)]
    tree = ElementTree.fromstring(recording.picture(scenes))
    groups = tree.findall(f"{NAME}g")
    shown = [[("".join(text.itertext()), int(text.get("y", "0"))) for text in group] for group in groups]
    assert [[line for line, _ in scene] for scene in shown] == [
        ["$ consolidate plan", "<&>"],
        ["$ consolidate status", "two"],
    ]
    assert shown[1][1][1] - shown[1][0][1] == 2 * recording.LINE
    style = tree.findtext(f"{NAME}style") or ""
    assert "75.00% { opacity: 0 } 100%" in style
    assert "#s1 { opacity: 0; animation: s1 4s step-end infinite }" in style


def test_the_readme_shows_the_commands_of_the_recording():
    tree = ElementTree.parse(ROOT / "docs" / "demo.svg")
    commands = ["".join(group[0].itertext()) for group in tree.getroot().findall(f"{NAME}g")]
    assert commands == [f"$ consolidate {command}" for command, _, _ in recording.SCENES]
    assert "docs/demo.svg" in (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(text: str, kind: str) -> dict[str, bytes]:
    found = re.findall(rf"^```\w+ {kind}=(\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return {path: body.encode() for path, body in found}


def test_the_guide_for_codemods_does_what_it_says(tmp_path):
    guide = (ROOT / "docs" / "codemods.md").read_text(encoding="utf-8")
    before, after = blocks(guide, "before"), blocks(guide, "after")
    files = {
        "app/context.py": b"def current():\n    return None\n",
        "app/engine.py": b"class UserEngine:\n def __init__(self, name, context=None): ...\n def run(self): ...\n",
        "app/legacy.py": b"class OldEngine:\n    def __init__(self, name): ...\n    def run(self): ...\n",
        **blocks(guide, "file"),
        **before,
    }
    folder = world.make(tmp_path / "repository", files)
    assert world.run(folder, "--trust-codemods", "plan", "-o", str(tmp_path / "plan.json")).code == 0
    assert world.run(folder, "--trust-codemods", "apply", "--all", str(tmp_path / "plan.json")).code == 0
    assert before.keys() == after.keys() == {"app/report.py"}
    assert (folder / "app/report.py").read_bytes() == after["app/report.py"]
