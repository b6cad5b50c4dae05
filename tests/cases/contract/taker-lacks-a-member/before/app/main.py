from app.api import OldEngine

print(OldEngine('a').extra())
