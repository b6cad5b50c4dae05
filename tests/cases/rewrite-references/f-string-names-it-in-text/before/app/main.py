from app.old.legacy import OldEngine

print(f"OldEngine: {OldEngine('a').run()}")
