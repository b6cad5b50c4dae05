from app.legacy import OldEngine

print(OldEngine("r", print("effect")).show())
