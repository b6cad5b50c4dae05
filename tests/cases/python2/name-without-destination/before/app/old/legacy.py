class OldEngine:
    limit = 3

    def run(self):
        return "ran"


def helper():
    return 1
