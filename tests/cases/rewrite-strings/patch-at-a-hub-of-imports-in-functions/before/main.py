from tests import test_it

print(*test_it.test_it())
