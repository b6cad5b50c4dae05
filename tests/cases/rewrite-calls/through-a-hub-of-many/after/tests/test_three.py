from app.engine import UserEngine

print(UserEngine.create("three", None, user="me").show())
