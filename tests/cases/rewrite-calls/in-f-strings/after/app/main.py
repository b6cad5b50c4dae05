import app.engine as legacy
from app.engine import UserEngine

x = 1
print(f"{UserEngine.create('a', x).show()!s:>{len(UserEngine.create(3, None).show())}} {{OldEngine}} {UserEngine.create('OldEngine', None).show()}")
print(f'''
  {UserEngine.create("one",
             f"{x}-{UserEngine.create(x, None).show()}").show():{20}}
''' "OldEngine" f'{legacy.UserEngine.create("b" if x != 2 else "c", None).show()}')
print(rf"\{UserEngine.create(x == 1, None).show()}\N", f"\N{DIGIT ONE} {x=} {UserEngine.create(x, None)!r}"[:3])
