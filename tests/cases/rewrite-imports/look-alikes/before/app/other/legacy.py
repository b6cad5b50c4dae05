class OldEngine:
    pass
