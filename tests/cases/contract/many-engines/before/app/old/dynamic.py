class OldDynamic:
    def __init__(self, name='n'):
        self.name = name

    def __getattr__(self, name):
        return 'any'
