from app.one import value
from app.two import value as other

print(value, other)
