import app.use_accepted_cycle


class NewAccepted:
    def __init__(self, name):
        self.name = name

    def stop(self, now):
        return 2
