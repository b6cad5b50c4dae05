class Flat:
    pass
