class OldEngine:
    limit = 3

    def run(self):
        return "ran"

    def extra(self):
        return "extra"
