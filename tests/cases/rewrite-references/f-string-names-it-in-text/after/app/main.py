from app.engine import UserEngine as OldEngine

print(f"OldEngine: {OldEngine('a').run()}")
