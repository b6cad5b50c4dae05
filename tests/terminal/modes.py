"""Environments in which less can be shown."""

# A C locale with everything switched off by which Python would use UTF-8 all the same.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
