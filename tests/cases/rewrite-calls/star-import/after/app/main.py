from app.engine import UserEngine as OldEngine

print(OldEngine.create("a", None, user='nobody').show())
