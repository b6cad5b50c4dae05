from app.legacy import OldEngine

print((OldEngine)("a").show(), ( OldEngine ) ("b", "c").show(), ((OldEngine))(bridge="b", registry="r").show())
