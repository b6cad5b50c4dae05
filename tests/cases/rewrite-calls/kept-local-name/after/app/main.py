from app.engine import UserEngine as OldEngine

UserEngine = "mine"
print(OldEngine.create("a", None, user='nobody').show(), UserEngine)
