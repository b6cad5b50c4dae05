from app.outer import OldEngine

print(OldEngine("a").name)
