from ...old.legacy import OldEngine
