class Plain:
    def __init__(self, a):
        self.a = a

    def run(self):
        return self.a


class Other:
    pass
