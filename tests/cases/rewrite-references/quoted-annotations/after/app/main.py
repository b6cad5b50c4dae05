from typing import Any, Literal, Optional
from app.engine import UserEngine
import app.engine as legacy


def simple(mode: Literal["OldEngine"], code: "Any", long: """UserEngine""", raw: r"UserEngine") -> "legacy.UserEngine":
    other: "UserEngine | None" = None
    return mode, other


def inner(engine: Optional["UserEngine"], text: "UserEngine()") -> "dict[str, UserEngine]":
    return engine


print(simple("OldEngine", 0, 0, 0), inner(None, None))
