import typing

from app.old import legacy

Alias: typing.Any = typing.Optional[getattr(legacy, "OldEngine")]
Noted = typing.Annotated[int, dict(name="OldEngine")]
print(typing.get_args(Alias)[0]("a").run(), Noted.__metadata__)
