from .moved import Context
from app.api import Facade
