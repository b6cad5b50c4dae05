from app.old import legacy

value = [legacy]
print(legacy.OldEngine('a').run())
