from app import hub, loaded, named, star_hub, user
from tests import test_patched

print(user.use(), hub.__all__[-1], len(star_hub.__all__), len(named.shown()))
print(*loaded.loaded())
print(*test_patched.test_names())
