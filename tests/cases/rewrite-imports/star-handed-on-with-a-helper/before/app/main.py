from app.outer import OldEngine, helper

print(helper(OldEngine("a").name))
