class Base:
    def __init__(self, name='n'):
        self.name = name

    def run(self):
        return 1

    def stop(self):
        return 2


class OldDerived(Base):
    def run(self):
        return 3
