from tests import test_both, test_moves, test_own

for module in test_both, test_moves, test_own:
    print(module.test_it())
