import app.service
from app import service
import app.service as other

app.service.OldEngine.limit = 5
print(service.OldEngine("a").run(), other.OldEngine.limit, service.start(), hasattr(service, "OldEngine"))
