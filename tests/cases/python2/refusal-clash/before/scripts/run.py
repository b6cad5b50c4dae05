from app.old.legacy import OldEngine

UserEngine = 1
print OldEngine('a'), UserEngine
