from app.old.dynamic import OldDynamic
