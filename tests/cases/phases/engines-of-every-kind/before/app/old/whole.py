VALUE = 1


def helper():
    return 1
