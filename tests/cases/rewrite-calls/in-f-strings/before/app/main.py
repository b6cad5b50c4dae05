import app.legacy as legacy
from app.legacy import OldEngine

x = 1
print(f"{OldEngine('a', bridge=x).show()!s:>{len(OldEngine(3).show())}} {{OldEngine}} {OldEngine('OldEngine').show()}")
print(f'''
  {OldEngine("one",
             f"{x}-{OldEngine(x).show()}").show():{20}}
''' "OldEngine" f'{legacy.OldEngine("b" if x != 2 else "c").show()}')
print(rf"\{OldEngine(x == 1).show()}\N", f"\N{DIGIT ONE} {x=} {OldEngine(x)!r}"[:3])
