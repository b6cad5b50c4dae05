class NewRenamed:
    def __init__(self, label, size):
        self.name, self.size = label, size
