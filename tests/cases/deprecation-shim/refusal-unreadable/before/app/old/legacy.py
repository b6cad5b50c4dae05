class OldEngine:
    def broken(:
