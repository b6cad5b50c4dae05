def new_function_two(name, size):
    return name
