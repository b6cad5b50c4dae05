from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from app.old.legacy import OldEngine


def run(engine: "Optional[OldEngine]") -> "OldEngine":
    from app.old.legacy import OldEngine

    return engine or OldEngine("a")


print(run(None).run())
