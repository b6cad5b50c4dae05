from app.legacy import OldEngine

print(f"{OldEngine('a').show()=}"[:20])
