from typing import Optional, Union, List, Type, TypeVar, cast
from app.old.legacy import OldEngine, OldError

T = TypeVar("T", bound="OldEngine")
pair: "OldEngine" = OldEngine("pair")
table = {"OldEngine": OldEngine, OldEngine: 1}
chosen = OldEngine if table else None


class Sub(OldEngine):
    kind: Type[OldEngine] = OldEngine
    made = [OldEngine(str(number)) for number in range(2)]

    def clone(self, other: "Optional[OldEngine]" = None) -> "List[OldEngine]":
        return [cast("OldEngine", other), cast(OldEngine, self)]


def run(engine: OldEngine = OldEngine("default"), *rest: OldEngine, key: Union[OldEngine, None] = None) -> OldEngine:
    assert isinstance(engine, OldEngine) and isinstance(engine, (int, OldEngine)) and issubclass(Sub, OldEngine)
    return (lambda e=OldEngine("lambda"): e)()


try:
    raise OldError(OldEngine("raised").run())
except (ValueError, OldError) as error:
    print(error)
print(f"{OldEngine('f').run()!r:>10} {OldEngine.limit}", run().run(), Sub.made[1].run(), Sub("sub").run(), chosen is OldEngine)
print({OldEngine("x").run(): OldEngine.limit for _ in [1]}, next(OldEngine(n).run() for n in "g"), *[OldEngine("star").run()])
