class OldDomain:
    pass
