from app.engine import UserEngine as OldEngine
from app.other import UserEngine as SecondEngine

print(OldEngine("a").name, SecondEngine("b").name)
