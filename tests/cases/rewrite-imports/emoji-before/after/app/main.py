x = "🎉é"; from app.engine import UserEngine; print("🎉é", UserEngine("🎉").run(), x)
