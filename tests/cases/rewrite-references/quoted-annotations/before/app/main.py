from typing import Any, Literal, Optional
from app.old.legacy import OldEngine
import app.old.legacy as legacy


def simple(mode: Literal["OldEngine"], code: "Any", long: """OldEngine""", raw: r"OldEngine") -> "legacy.OldEngine":
    other: "OldEngine | None" = None
    return mode, other


def inner(engine: Optional["OldEngine"], text: "OldEngine()") -> "dict[str, OldEngine]":
    return engine


print(simple("OldEngine", 0, 0, 0), inner(None, None))
