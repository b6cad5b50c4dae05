from app.engine import UserEngine

print(f"OldEngine: {UserEngine('a').run()}")
