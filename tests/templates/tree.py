"""A small application with a shim in it, and a child process that runs code in it."""

import subprocess
import sys
import textwrap
from pathlib import Path

from planner.callrule import CallRule, parse_rule
from planner.model import Symbol
from templates.render import render_shim
from templates.shim import Shim, ShimName

NEW = '''
class Base:
    pass

class UserEngine(Base):
    """The replacement."""
    MAX = 3

    def __init__(self, context, registry=None):
        self.context, self.registry = context, registry

    @classmethod
    def create_from_legacy(cls, registry, bridge, context=None):
        return cls(context or "nobody", (registry, bridge))

    def run(self):
        return "ran"

class Failure(Exception):
    pass

def create_engine(context, registry=None):
    return UserEngine(context, registry)

async def create_later(context):
    return UserEngine(context)

def _private():
    return "private"

LIMIT = 7
'''

ENGINE = ShimName("OldEngine", Symbol("app.new", "UserEngine"))
TEXTS = (
    ENGINE,
    ShimName("Failure", Symbol("app.new", "Failure")),
    ShimName("create_engine", Symbol("app.new", "create_engine")),
    ShimName("_helper", Symbol("app.new", "_private")),
    ShimName("run", Symbol("app.new", "UserEngine.run")),
    ShimName("json", Symbol("json")),
)
RULE = parse_rule("(registry, bridge, context=None)", "UserEngine.create_from_legacy(registry, bridge, context)")

# How code begins that uses the class as a type, and the option that silences its shim.
TYPE = "from app.old import OldEngine\nimport app.new\nfrom app.new import UserEngine, Base\n"
IGNORE = ("-W", "ignore:consolidate")


def shim(
    *names: ShimName, module: str = "app.old", all_names: tuple[str, ...] = ("OldEngine",), is_package: bool = False
) -> Shim:
    return Shim(
        module=module,
        names=names or TEXTS,
        all_names=all_names,
        is_package=is_package,
        migration="user-engine",
        since="1.4",
        removal_version="2.0",
    )


def adapter(rule: CallRule = RULE) -> Shim:
    return shim(ShimName("OldEngine", Symbol("app.new", "UserEngine"), rule))


class Application:
    """A folder with the package `app`; `run` executes code in a fresh interpreter there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("app/__init__.py", "")
        self.write("app/new.py", NEW)

    def write(self, path: str, text: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(textwrap.dedent(text).encode())
        return file

    def shim(self, value: Shim, newline: str = "\n") -> Path:
        path = value.module.replace(".", "/") + ("/__init__.py" if value.is_package else ".py")
        return self.write(path, render_shim(value, newline))

    def run(self, code: str, *options: str) -> str:
        """Return what the code prints; an exception in it fails the test with the child's own words."""
        done = self.start(code, *options)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, code: str, *options: str) -> subprocess.CompletedProcess[str]:
        self.write("main.py", code)
        return subprocess.run(
            [sys.executable, "-B", "-P", *options, "-c", "import sys; sys.path.insert(0, '.'); import main"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={"PYTHONUTF8": "1"},
        )
