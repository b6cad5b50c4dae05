import sys

if sys.version_info > (3,):
    from app.engine import UserEngine as OldEngine
else:
    from app.engine import UserEngine as OldEngine

print(OldEngine("a").run())
