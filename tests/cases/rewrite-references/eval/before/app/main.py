from app.old.legacy import OldEngine

print(eval("OldEngine('a').run()"), OldEngine.limit)
