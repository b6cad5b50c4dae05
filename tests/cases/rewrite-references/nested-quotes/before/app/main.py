from typing import Optional
from app.old.legacy import OldEngine, create_engine


def nested(a: "dict[str, 'OldEngine']", b: 'Optional["OldEngine"]') -> None:
    return OldEngine.limit


def joined(a: "create_" "engine") -> None:
    return create_engine


print(nested(1, 2), joined(1)("a").run())
