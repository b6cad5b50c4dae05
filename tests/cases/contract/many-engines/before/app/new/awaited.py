def new_awaited(name='n'):
    return name
