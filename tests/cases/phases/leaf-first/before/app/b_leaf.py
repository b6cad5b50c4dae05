from app.a_base import value
from app.old.legacy import OldEngine

print(value, OldEngine('leaf').run())
