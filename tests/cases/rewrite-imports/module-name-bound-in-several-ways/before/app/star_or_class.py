from app.old.legacy import *

if made := OldEngine("first"):

    class OldEngine(OldEngine):
        def run(self):
            return "second " + self.name


made = OldEngine("n")
