import os

if os.environ.get("NEVER_SET_HERE"):
    from app.other import OldEngine
else:
    from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
