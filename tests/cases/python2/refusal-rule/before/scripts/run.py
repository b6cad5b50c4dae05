from app.legacy import OldEngine

print OldEngine('a')
