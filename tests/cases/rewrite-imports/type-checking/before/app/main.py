from __future__ import annotations

import typing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.old.legacy import OldEngine
if typing.TYPE_CHECKING:
    from app.old.legacy import create_engine, Context


def run(engine: OldEngine, context: "Context" = None) -> "OldEngine | None":
    return engine


print(run(None), run.__annotations__["context"])
