from typing import Optional, Union, List, Type, TypeVar, cast
from app.engine import UserEngine, EngineError

T = TypeVar("T", bound="UserEngine")
pair: "UserEngine" = UserEngine("pair")
table = {"OldEngine": UserEngine, UserEngine: 1}
chosen = UserEngine if table else None


class Sub(UserEngine):
    kind: Type[UserEngine] = UserEngine
    made = [UserEngine(str(number)) for number in range(2)]

    def clone(self, other: "Optional[UserEngine]" = None) -> "List[UserEngine]":
        return [cast("UserEngine", other), cast(UserEngine, self)]


def run(engine: UserEngine = UserEngine("default"), *rest: UserEngine, key: Union[UserEngine, None] = None) -> UserEngine:
    assert isinstance(engine, UserEngine) and isinstance(engine, (int, UserEngine)) and issubclass(Sub, UserEngine)
    return (lambda e=UserEngine("lambda"): e)()


try:
    raise EngineError(UserEngine("raised").run())
except (ValueError, EngineError) as error:
    print(error)
print(f"{UserEngine('f').run()!r:>10} {UserEngine.limit}", run().run(), Sub.made[1].run(), Sub("sub").run(), chosen is UserEngine)
print({UserEngine("x").run(): UserEngine.limit for _ in [1]}, next(UserEngine(n).run() for n in "g"), *[UserEngine("star").run()])
