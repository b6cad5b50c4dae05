try:
    from app.gone import OldEngine as Local
except ImportError:
    from app.old.legacy import OldEngine as Local

print(Local("r").run(), isinstance(3, Local))
