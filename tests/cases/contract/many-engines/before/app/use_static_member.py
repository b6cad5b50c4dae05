from app.old.static import OldStatic

shown = OldStatic().name
