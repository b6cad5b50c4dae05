import app.old.forced as old


def go():
    return old.OldForced().stop()
