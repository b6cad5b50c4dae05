class Plain:
    def __init__(self, a=0):
        self.a = a

    def run(self):
        return self.a


def helper():
    return "helped"


def forgotten():
    return "nobody"
