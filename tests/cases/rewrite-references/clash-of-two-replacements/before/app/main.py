from app.old.legacy import OldEngine
from app.old.second import SecondEngine

print(OldEngine("a").name, SecondEngine("b").name)
