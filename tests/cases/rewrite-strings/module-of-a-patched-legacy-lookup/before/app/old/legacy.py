class OldEngine:
    limit = 3

    def run(self):
        return "ran default"


def build():
    return OldEngine().run()
