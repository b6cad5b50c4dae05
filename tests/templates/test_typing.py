"""What mypy, in its strict mode, sees of a shim."""

import subprocess
import sys

from planner.callrule import parse_rule
from planner.model import Symbol
from templates.render import render_warning_block
from templates.shim import WILDCARD, ShimName
from tests.templates.tree import RULE, Application, shim

NEW = """
class UserEngine:
    LIMIT: int = 3

    def __init__(self, context: str) -> None: ...

    @classmethod
    def create_from_legacy(cls, registry: object, bridge: object, context: object = None) -> "UserEngine":
        return cls("me")

    @staticmethod
    def version() -> int:
        return 1

async def create_later(context: str) -> UserEngine:
    return UserEngine(context)

def _private(x: int) -> str:
    return str(x)
"""

USES = """
from typing import Optional
import app.old as old
import app.whole as whole
from app.old import OldEngine, _helper, OTHER, version, json
from app.adapted import Adapted, make

def function(engine: OldEngine, other: Optional[Adapted]) -> None:
    reveal_type(engine)
    reveal_type(other)

class Mine(OldEngine): ...

reveal_type(OldEngine("me").LIMIT)
reveal_type(Mine("me"))
reveal_type(_helper(1))
reveal_type(OTHER)
reveal_type(version())
reveal_type(json.dumps(1))
reveal_type(whole.UserEngine.LIMIT)
later = reveal_type(make(1, strict=True))
OldEngine(1)
old.Nothing
"""


def test_strict_mypy_sees_the_replacements_and_still_finds_mistakes(app: Application) -> None:
    app.write("app/new.py", NEW)
    app.shim(
        shim(
            ShimName("OldEngine", Symbol("app.new", "UserEngine")),
            ShimName("_helper", Symbol("app.new", "_private")),
            ShimName("OTHER", Symbol("app.new", "UserEngine.LIMIT")),
            ShimName("version", Symbol("app.new", "UserEngine.version")),
            ShimName("json", Symbol("json")),
        )
    )
    app.shim(shim(ShimName(WILDCARD, Symbol("app.new")), module="app.whole", all_names=("UserEngine",)))
    later = parse_rule("(context, *, strict=False)", "await create_later(str([context, strict]))")
    app.shim(
        shim(
            ShimName("Adapted", Symbol("app.new", "UserEngine"), RULE),
            ShimName("make", Symbol("app.new", "create_later"), later, function=True),
            module="app.adapted",
            all_names=("Adapted",),
        )
    )
    app.write("app/noticed.py", render_warning_block(shim()))
    app.write("uses.py", USES)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unreachable", "--config-file=", "uses.py", "app"],
        cwd=app.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    seen = [line.removeprefix("uses.py:") for line in done.stdout.splitlines()[:-1]]
    assert seen == [
        '9: note: Revealed type is "app.new.UserEngine"',
        '10: note: Revealed type is "app.new.UserEngine | None"',
        '14: note: Revealed type is "int"',
        '15: note: Revealed type is "uses.Mine"',
        '16: note: Revealed type is "str"',
        '17: note: Revealed type is "int"',
        '18: note: Revealed type is "int"',
        '19: note: Revealed type is "str"',
        '20: note: Revealed type is "int"',
        '21: note: Revealed type is "typing.Coroutine[Any, Any, Any]"',
        '22: error: Argument 1 to "UserEngine" has incompatible type "int"; expected "str"  [arg-type]',
        '23: error: Module has no attribute "Nothing"  [attr-defined]',
    ], done.stdout + done.stderr
