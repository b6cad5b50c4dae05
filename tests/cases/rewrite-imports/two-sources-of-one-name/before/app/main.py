import os

if os.environ.get("NEVER_SET_HERE"):
    from app.other import OldEngine
else:
    from app.old.legacy import OldEngine

print(OldEngine("a").run())
