from app.hub import OldEngine

print(OldEngine("two").show())
