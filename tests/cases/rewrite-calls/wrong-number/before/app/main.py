from app.legacy import OldEngine

try:
    OldEngine()
except TypeError:
    print("refused")
