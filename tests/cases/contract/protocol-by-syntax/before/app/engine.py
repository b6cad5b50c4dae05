class UserEngine:
    def run(self):
        return "ran"
