from app.hub import *

try:
    first = OldEngine("n")
finally:
    OldEngine = None
made = first
