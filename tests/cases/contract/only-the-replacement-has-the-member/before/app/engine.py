class UserEngine:
    def run(self):
        return "ran"

    def create(self, user_context):
        return "created"
