#!/usr/bin/env python
# a comment
class OldEngine: limit = 3