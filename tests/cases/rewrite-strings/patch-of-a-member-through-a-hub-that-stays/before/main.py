from tests import test_by_name, test_legacy_path, test_mover, test_star, test_stays, test_subclass

for module in test_by_name, test_legacy_path, test_mover, test_star, test_stays, test_subclass:
    print(module.test_it())
