class OldToFunction:
    def __init__(self, name='n'):
        self.name = name

    def stop(self):
        return 2
