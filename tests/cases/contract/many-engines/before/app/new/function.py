def new_function(name='n', *, deep=False):
    return name
