def NewToFunction(name='n'):
    return name
