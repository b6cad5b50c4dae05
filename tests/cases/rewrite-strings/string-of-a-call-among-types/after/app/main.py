import typing

from app import engine

Alias: typing.Any = typing.Optional[getattr(engine, "UserEngine")]
Noted = typing.Annotated[int, dict(name="OldEngine")]
print(typing.get_args(Alias)[0]("a").run(), Noted.__metadata__)
