import os


def _build():
    return 1


class OldEngine:
    limit = 3

    def run(self):
        return "ran"
