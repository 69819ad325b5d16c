"""Django's SQLite backend, with one door for all writers (design, section 7)."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.backends.sqlite3 import base

from bihuan.config.sqlite.door import Door, door_of

Answer = TypeVar("Answer")
WRITING: Final = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseWrapper(base.DatabaseWrapper):
    """SQLite as we run it: whoever writes passes the door, whoever reads does not.

    A transaction (`atomic`) enters at BEGIN and leaves at COMMIT, ROLLBACK or close. A single writing statement outside
    a transaction enters for itself. A database in memory has no door.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin outside the door."""
        super().__init__(*args, **kwargs)
        self._inside: Door | None = None

    def _door(self) -> Door | None:
        if not settings.BIHUAN_SINGLE_WRITER or self.is_in_memory_db():
            return None
        return door_of(str(self.settings_dict["NAME"]))

    def _enter(self) -> None:
        door = self._door()
        if self._inside is None and door is not None and door.enter():
            self._inside = door

    def _leave(self) -> None:
        door, self._inside = self._inside, None
        if door is not None and door.is_ours:
            door.leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        begun = False
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # Django's own, left out of the stubs
            begun = True
        finally:
            if not begun:
                self._leave()

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc] # Django's own, left out of the stubs
        self._leave()  # a commit that failed keeps the door until its rollback

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # Django's own, left out of the stubs
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc] # Django's own, left out of the stubs
        finally:
            self._leave()

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor whose single writing statements pass the door."""
        return self.connection.cursor(factory=partial(_Cursor, wrapper=self))

    def passing(self, run: Callable[[], Answer]) -> Answer:
        """Run a single writing statement inside the door."""
        self._enter()
        try:
            return run()
        finally:
            self._leave()

    def is_outside(self, query: object) -> bool:
        """Tell whether a statement writes and nobody has passed the door for it yet."""
        return not self.in_atomic_block and self._inside is None and _writes(query)


def _writes(query: object) -> bool:
    return str(query)[:16].lstrip().upper().startswith(WRITING)


class _Cursor(base.SQLiteCursorWrapper):
    """A cursor that knows its connection's door."""

    def __init__(self, *args: Any, wrapper: DatabaseWrapper) -> None:
        super().__init__(*args)
        self._wrapper = wrapper

    def execute(self, query: Any, params: Any = None) -> Any:
        if not self._wrapper.is_outside(query):
            return super().execute(query, params)
        return self._wrapper.passing(lambda: base.SQLiteCursorWrapper.execute(self, query, params))

    def executemany(self, query: Any, param_list: Iterable[Any]) -> Any:
        if not self._wrapper.is_outside(query):
            return super().executemany(query, param_list)
        return self._wrapper.passing(lambda: base.SQLiteCursorWrapper.executemany(self, query, param_list))
