try:
    from app.gone import OldEngine as Local
except ImportError:
    from app.legacy import OldEngine as Local

print(Local("r", bridge="b").show(), isinstance(3, Local))
