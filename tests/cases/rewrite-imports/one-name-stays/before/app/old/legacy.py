class OldEngine:
    def run(self):
        return "ran default"


def unmapped():
    return "unmapped"
