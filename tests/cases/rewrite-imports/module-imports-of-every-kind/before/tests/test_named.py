from app.old import flat, legacy


def named():
    return getattr(legacy, "OldEngine"), getattr(legacy, "no" + "name", None)


def flat_named():
    return getattr(flat, "Flat"), hasattr(flat, "Flat"), setattr(flat, "Flat", None)
