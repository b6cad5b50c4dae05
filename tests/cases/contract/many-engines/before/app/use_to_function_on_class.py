from app.old.to_function import OldToFunction

limit = OldToFunction.stop
