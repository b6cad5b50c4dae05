class UserEngine:
    pass


def create(kind, registry):
    return f"{kind} {registry}"
