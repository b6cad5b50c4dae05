import logging

log = logging.getLogger("app.old.legacy")
other = logging.getLogger("app.old.legacy.OldEngine")
print(log.name, other.name)
