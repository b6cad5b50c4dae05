class OldFixed:
    def __init__(self, name='n'):
        self.name = name
        self.size = 1
