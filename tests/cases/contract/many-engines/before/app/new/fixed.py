class NewFixed:
    def __init__(self, name='n'):
        self._name = name
        self._size = 2

    @property
    def name(self):
        return self._name

    @property
    def size(self):
        return self._size

    @size.setter
    def size(self, size):
        self._size = size
