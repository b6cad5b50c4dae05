from app.new.narrower import NewNarrower


def go(kind, value):
    return kind is NewNarrower, kind in (NewNarrower, str), isinstance(value, NewNarrower)
