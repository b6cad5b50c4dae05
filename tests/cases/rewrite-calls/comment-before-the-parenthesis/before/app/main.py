from app.legacy import OldEngine

print((OldEngine  # the class
       )("a").show())
