def old_to_class(name='n'):
    return name
