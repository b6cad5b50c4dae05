class New:
    def run(self):
        return "ran"


def make():
    return New()
