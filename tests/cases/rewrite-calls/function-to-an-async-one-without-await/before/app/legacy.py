def make(registry):
    return registry
