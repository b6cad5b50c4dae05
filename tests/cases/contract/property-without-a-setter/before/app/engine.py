class UserEngine:
    def __init__(self):
        self._retries = 1

    @property
    def limit(self):
        return 3

    @property
    def retries(self):
        return self._retries

    @retries.setter
    def retries(self, value):
        self._retries = value
