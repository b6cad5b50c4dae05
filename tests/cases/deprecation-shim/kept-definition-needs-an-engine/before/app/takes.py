from app.plain import Plain


class G:
    def __init__(self, a=0):
        self.a = a

    def run(self):
        return self.a


def helper(a):
    return Plain(a).only_here()
