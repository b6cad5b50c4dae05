class OldEngine:
    def run(self):
        return "own"


def create_engine():
    return OldEngine()


print(create_engine().run())
