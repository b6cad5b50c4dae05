from app.old.legacy import OldEngine

try:
    OldEngine("a", "b")
except TypeError:
    print("refused")

arguments = ("a",)
print(OldEngine(*arguments).run())
