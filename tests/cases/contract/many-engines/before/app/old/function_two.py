def old_function_two(name='n'):
    return name
