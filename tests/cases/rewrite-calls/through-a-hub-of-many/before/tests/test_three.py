from app.hub import OldEngine

print(OldEngine("three", user="me").show())
