class OldEngine:
    limit = 3


def helper():
    return 1
