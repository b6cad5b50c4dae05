from ..context import Context as Ctx
import os
from app import context


class OldEngine:
    limit = 3

    def run(self):
        return "ran default"
