from app.old.narrower import OldNarrower


def go(kind, value):
    return kind is OldNarrower, kind in (OldNarrower, str), isinstance(value, OldNarrower)
