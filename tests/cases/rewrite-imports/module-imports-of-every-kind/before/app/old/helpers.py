def helper():
    return "helped"


LEVEL = 3
