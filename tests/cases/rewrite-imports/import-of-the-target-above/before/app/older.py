class Old:
    def run(self):
        return "ran"


def make():
    return Old()
