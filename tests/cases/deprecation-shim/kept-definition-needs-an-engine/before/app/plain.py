class Plain:
    def __init__(self, a):
        self.a = a

    def run(self):
        return self.a

    def only_here(self):
        return self.a + 1
