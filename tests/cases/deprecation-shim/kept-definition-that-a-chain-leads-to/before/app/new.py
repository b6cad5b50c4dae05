class New:
    def __init__(self, a=0):
        self.a = a

    def run(self):
        return self.a
