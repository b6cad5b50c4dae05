class Context:
    user = "ann"
