from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from app.engine import UserEngine


def run(engine: "Optional[UserEngine]") -> "UserEngine":
    from app.engine import UserEngine

    return engine or UserEngine("a")


print(run(None).run())
