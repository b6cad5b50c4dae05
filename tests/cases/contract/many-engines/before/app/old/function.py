def old_function(name='n', *, deep=False):
    return name
