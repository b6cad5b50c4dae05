from app.engine import UserEngine
from app.old.part import VALUE
from app.old import part

print(UserEngine('a').run(), VALUE, part.VALUE)
