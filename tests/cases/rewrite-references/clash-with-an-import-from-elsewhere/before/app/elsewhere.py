class UserEngine:
    name = "elsewhere"
