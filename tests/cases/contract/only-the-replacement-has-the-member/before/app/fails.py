from app.old.legacy import OldEngine


def answer():
    try:
        return OldEngine().create({})
    except Exception:
        return "failed"
