from typing import Dict

KINDS: Dict[str, str] = {"engine": "app.engine.UserEngine"}


def f(kind: "app.old.legacy.OldEngine" = None):
    return kind


print(len(KINDS), f())
