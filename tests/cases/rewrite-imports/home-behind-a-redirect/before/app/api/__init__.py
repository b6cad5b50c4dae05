from app.api.inner import Facade
