"""A repository whose plan has thousands of edits: one engine, importers of a few common shapes and some rare ones."""

from __future__ import annotations

import subprocess
from pathlib import Path

CONFIG = """\
[migration]
name = "large"
target = "shop.engine:Engine"
max-files-per-phase = 200

[[engine]]
legacy = "shop.old:OldEngine"

[engine.call]
from = "(registry, bridge=None)"
to = "Engine.create(registry, bridge)"
"""
ENGINE = """\
class Engine:
    @classmethod
    def create(cls, registry, bridge=None):
        return cls()

    def run(self, task):
        return task
"""
OLD = """\
class OldEngine:
    def __init__(self, registry, bridge=None):
        self.registry = registry

    def run(self, task):
        return task
"""
RARE = (
    "import shop.old as legacy\n\n\ndef rare_{n}(registry):\n    return legacy.OldEngine(registry)\n",
    "from shop.old import (\n    OldEngine,  # kept\n)\n\n\nclass Rare{n}(OldEngine):\n    pass\n",
    "def rare_{n}(registry, bridge):\n    from shop.old import OldEngine as E\n\n    return E(registry, bridge)\n",
)


def importer(number: int) -> str:
    return f'''"""Importer {number}: what it does takes a few lines."""

from __future__ import annotations

import logging

from shop.old import OldEngine

log = logging.getLogger(__name__)


def run_{number}(registry, task):
    """Run a task."""
    engine = OldEngine(registry)
    log.info("running %s", task)
    return engine.run(task)


def is_engine_{number}(value: object) -> bool:
    return isinstance(value, OldEngine)


def keep_{number}(engine: OldEngine) -> OldEngine:
    return engine
'''


def make(folder: Path, edits: int = 5000) -> Path:
    """Make the repository in a folder that does not exist; its plan has at least that many edits."""
    package = folder / "shop"
    package.mkdir(parents=True)
    files = {"__init__.py": "", "engine.py": ENGINE, "old.py": OLD}
    files |= {f"rare_{n}.py": RARE[n % len(RARE)].format(n=n) for n in range(9)}
    for number in range(edits // 5 + 1):
        files[f"part_{number // 100:02}/user_{number}.py"] = importer(number)
    for name, text in files.items():
        place = package / name
        place.parent.mkdir(exist_ok=True)
        (place.parent / "__init__.py").touch()
        place.write_text(text)
    (folder / "consolidate.toml").write_text(CONFIG)
    (folder / "CODEOWNERS").write_text("* @everyone\n/shop/part_0* @first\n")
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*identity, "commit", "-qm", "Start")):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder
