#!/usr/bin/env python2
"""The nightly report. Runs under Python 2 on the reporting host, until that host is gone."""
import sys
from netra_backend.app.agents.supervisor.execution_engine import ExecutionEngine


def report(registry, bridge, out=sys.stdout):
    engine = ExecutionEngine(registry, bridge)
    print >>out, "runs: %d" % len(engine.history)
    try:
        exec "total = 0"
    except ValueError, e:
        print "no total:", e
    print "done with", ExecutionEngine.__name__
    return 0777
