"""Who is there. Offline, a password is right when it is the user's name backwards."""

from __future__ import annotations

import hashlib


class LoginError(PermissionError):
    """Name and password do not belong together, or the token is unknown."""


class AuthService:
    """Hands out tokens and knows whose they are."""

    def __init__(self) -> None:
        self._users_by_token: dict[str, str] = {}

    def login(self, user_id: str, password: str) -> str:
        """Return a token; raises LoginError."""
        if password != user_id[::-1]:
            raise LoginError(f"wrong password for {user_id}")
        token = hashlib.sha256(user_id.encode()).hexdigest()[:16]
        self._users_by_token[token] = user_id
        return token

    def user_of(self, token: str) -> str:
        """Return the user of a token; raises LoginError."""
        if token not in self._users_by_token:
            raise LoginError("unknown token")
        return self._users_by_token[token]
