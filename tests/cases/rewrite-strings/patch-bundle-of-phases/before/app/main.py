from tests.test_lazy import test_start

test_start()
print("passed")
