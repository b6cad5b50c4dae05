# -*- coding: utf-8 -*-
from app.old.legacy import OldEngine  # OldEngine
# OldEngine é
print OldEngine('OldEngine')
