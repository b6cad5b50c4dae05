class OldStatic:
    limit = 3
    name = 'n'

    def __len__(self):
        return 2

    def __call__(self, a):
        return a
