from app.engine import UserEngine

try:
    UserEngine("a", "b")
except TypeError:
    print("refused")

arguments = ("a",)
print(UserEngine(*arguments).run())
