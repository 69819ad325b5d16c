"""Log-in, passwords, users; and the person behind every request."""

from bihuan.web.people.middleware import PeopleMiddleware

__all__ = ["PeopleMiddleware"]
