from __future__ import annotations

import typing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine import UserEngine
if typing.TYPE_CHECKING:
    from app.factory import make_engine
    from app.context import Context


def run(engine: UserEngine, context: "Context" = None) -> "UserEngine | None":
    return engine


print(run(None), run.__annotations__["context"])
