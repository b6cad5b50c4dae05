from importlib import import_module

names = "one_home two_homes two_names two_statements package_of_another from_package relative name_taken listed dynamic"
names += " internal to_the_top printed takes stars stars_of_helpers star_of_package star_listed star_in_handler"
for name in names.split():
    module = import_module("app." + name)
    for key in ("made", "size", "level", "context", "text"):
        value = getattr(module, key, "-")
        for each in value if isinstance(value, (tuple, list)) else [value]:
            print(name, key, getattr(each, "name", getattr(each, "size", each if isinstance(each, (str, int)) else "")))
