PATH = "app/old/legacy.py"
CODE = "from app.old.legacy import OldEngine\nOldEngine('x')\n"
print(PATH, len(CODE), "OldEngine" in CODE)
