import app.service
from app import service
import app.service as other

app.service.UserEngine.limit = 5
print(service.UserEngine("a").run(), other.UserEngine.limit, service.start(), hasattr(service, "UserEngine"))
