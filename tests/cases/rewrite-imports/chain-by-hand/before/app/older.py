from app.old.legacy import OldEngine as OlderEngine
from app.old.legacy import OldEngine
