__all__ = ["OldEngine"]


class OldEngine:
    limit = 3

    def run(self):
        return "ran default"
