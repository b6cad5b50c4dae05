from tests import test_both, test_deep, test_moves, test_own, test_wide

for module in test_both, test_deep, test_moves, test_own, test_wide:
    print(module.test_it())
