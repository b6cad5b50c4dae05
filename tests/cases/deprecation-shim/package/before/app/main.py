from app.old import OldEngine
from app.old.part import VALUE
from app.old import part

print(OldEngine('a').run(), VALUE, part.VALUE)
