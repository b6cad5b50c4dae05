from app.engine import UserEngine as OldEngine

print(eval("OldEngine('a').run()"), OldEngine.limit)
