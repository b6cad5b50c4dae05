from app.old.to_function import OldToFunction
