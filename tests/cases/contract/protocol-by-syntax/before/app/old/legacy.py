class Sized:
    def __len__(self):
        return 2

    def __contains__(self, item):
        return item == 1


class OldEngine(Sized):
    def run(self):
        return "ran"

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None

    def __getitem__(self, index):
        return [5, 6][index]

    def __iter__(self):
        return iter([5, 6])

    def __call__(self, number):
        return number + 1
