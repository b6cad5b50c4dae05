NAME = "old"
