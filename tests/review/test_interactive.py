"""The review in a terminal: what each answer does, and a real one in a pseudo-terminal."""

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from consolidate.render.look import Look
from consolidate.review.interactive import Review
from consolidate.review.items import Item, ranked
from consolidate.review.rows import Hunk, Row
from consolidate.review.shape import shape_of
from planner.held import DECISIONS
from planner.model import Edit, Risk
from tests.hostile_sources import world


def item(id_: str, path: str, old: str, new: str, risk: Risk = Risk.LOW) -> Item:
    hunk = Hunk(1, 1, (Row(("a\x1b",), ("a\x1b",), changed=False), Row((f"{old}\t",), (new,))))
    return Item(
        id_, 1, path, (Edit(0, 3, old, new, "c", 1),), old, new, (), risk, "proved", shape_of("c", "", old, new), hunk
    )


ITEMS = (
    item("one", "a.py", "Old", "New"),
    item("two", "b.py", "Old", "New"),
    item("three", "c.py", "Old", "New"),
    item("rare", "d.py", "Old", "New()", Risk.HIGH),
    item("last", "b.py", "import old", "import new"),
)


def answer(*answers: str, items: tuple[Item, ...] = ITEMS) -> tuple[dict[str, tuple[str, str]], str, bool]:
    """Review with these answers; return what was kept by id, what was shown, and whether it came to its end."""
    left, shown, kept = list(answers), [], {}

    def ask(question: str) -> str:
        shown.append(question)
        if not left:
            raise EOFError
        return left.pop(0)

    def keep(these, verdict, comment):
        kept.update({each.id: (verdict, comment) for each in these})

    ended = Review(Look(), ask, shown.append, keep).run(ranked(items))
    assert not left, "each answer was asked for"
    return kept, "\n".join(shown), ended


def test_the_rarest_shape_comes_first_then_the_riskiest():
    _, shown, _ = answer()
    assert "[1/3] <old> → <new>()" in shown
    assert "1 edit, c, high risk" in shown


def test_a_shape_is_accepted_or_rejected_as_a_whole():
    kept, shown, ended = answer("n", "too odd\n", "y", "Y\n")
    assert kept == {
        "rare": ("rejected", "too odd"),
        **dict.fromkeys(("last", "one", "two", "three"), ("accepted", "")),
    }
    assert ended
    assert "and 2 more edits like it" in shown


def test_edits_of_a_file_that_is_left_are_not_asked_about():
    kept, shown, _ = answer("y", "n", "", "y")
    assert kept["last"] == ("rejected", "")
    assert "two" not in kept
    assert "Accept all 2" in shown


def test_all_that_follow():
    assert {verdict for verdict, _ in answer("a")[0].values()} == {"accepted"}
    kept, _, ended = answer("y", "d", "stop")
    assert kept["rare"] == ("accepted", "")
    assert {kept[id_] for id_ in ("last", "one", "two", "three")} == {("rejected", "stop")}
    assert ended


def test_edit_by_edit():
    kept, shown, _ = answer("j", "j", "e", "y", "e", "look here", "n", "j")
    assert kept == {"one": ("accepted", ""), "two": ("rejected", "look here")}
    assert "(2/3) Accept this edit" in shown
    assert answer("j", "j", "e", "a")[0].keys() == {"one", "two", "three"}
    assert answer("j", "j", "e", "j", "d", "")[0].keys() == {"two", "three"}
    assert answer("j", "j", "e", "e", "hm", "j", "q")[0] == {"one": ("", "hm")}


@pytest.mark.parametrize("answers", [("q",), ()])
def test_what_is_left_off_stays_open(answers):
    kept, _, ended = answer("y", *answers)
    assert kept == {"rare": ("accepted", "")}
    assert not ended


@pytest.mark.parametrize("wrong", ["?", "", "yes", "x"])
def test_other_answers_give_help_and_the_question_again(wrong):
    kept, shown, _ = answer(wrong, "y", "q")
    assert kept == {"rare": ("accepted", "")}
    assert "n - reject all edits of this shape" in shown


def test_nothing_is_shown_that_a_terminal_obeys():
    _, shown, _ = answer("q", items=(item("x", "a\x1b[31m.py", "Old\x1b]0;x\x07", "New\u202e"),))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return world.make(tmp_path / "repository", {"app/two.py": b"from app.old import Old\n\nprint(Old)\n"})


def typed(folder: Path, answers: str, *words: str) -> tuple[int, str]:
    """Run the program in a pseudo-terminal and type; return its exit code and the screen."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(world.ROOT), "TERM": "xterm"}
    command = [sys.executable, "-m", "consolidate", "review", "--interactive", *words]
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, answers.encode())
    screen, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                screen += os.read(ours, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(ours)
    return process.wait(10), screen.decode()


def test_in_a_terminal_each_answer_is_kept_and_the_next_run_goes_on(repository):
    code, screen = typed(repository, "y\nn\nbad idea\nq\n")
    assert code == 0
    assert "the same command goes on" in screen
    kept = json.loads((repository / DECISIONS).read_bytes())["decisions"]
    assert {entry["verdict"] for entry in kept} == {"accepted", "rejected"}
    assert "bad idea" in {entry["comment"] for entry in kept}
    code, screen = typed(repository, "a\n")
    assert code == 0
    assert "[1/" in screen
    assert typed(repository, "")[1].startswith("Nothing to do: every edit is decided on.")
    more = json.loads((repository / DECISIONS).read_bytes())["decisions"]
    assert len(more) > len(kept)
    assert all(entry in more for entry in kept)


def test_without_a_terminal_it_does_not_ask(repository):
    done = world.run(repository, "review", "--interactive")
    assert done.code == 2
    assert done.err == "error: there is no terminal to ask in; --interactive; use --html, then --import\n"


@pytest.mark.parametrize("words", [(), ("--interactive", "--html", "a.html"), ("--html", "a", "--import", "b")])
def test_one_way_of_reviewing_is_named(repository, words):
    done = world.run(repository, "review", *words)
    assert done.code == 2
    assert done.err.startswith("error: say how to review")
