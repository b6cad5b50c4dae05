class OldEngine:
    def run(self):
        return "ran"
