x = "🎉é"; from app.old.legacy import OldEngine; print("🎉é", OldEngine("🎉").run(), x)
