"""Refusals: an answer with a code for machines and a sentence for people."""


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """A service or a rule says no, and says why.

    code: dotted, stable, for machines and tests. say: one Chinese sentence: what is wrong, where, what to do now.
    field: the form field it belongs to, or "".
    """

    def __init__(self, code: str, say: str, *, field: str = "") -> None:
        super().__init__(say)
        self.code = code
        self.say = say
        self.field = field


class NotFound(Refusal):
    """The same answer for "does not exist" and "not yours" (house rule 8)."""

    def __init__(self, code: str = "not_found", say: str = "没有找到，或者不在您的管辖范围内。") -> None:
        super().__init__(code, say)


class NotAllowed(Refusal):
    """The actor sees the thing, but holds no role that may do this to it."""


class Outdated(Refusal):
    """Somebody changed the row after this person looked at it."""

    def __init__(self, code: str = "outdated", say: str = "刚刚有人改动了这一项。请刷新页面看过最新情况再办。") -> None:
        super().__init__(code, say)


class Rejected(Refusal):
    """A plural act was refused as a whole; `refused` names each row and why, and nothing was written."""

    def __init__(self, code: str, say: str, refused: dict[object, str]) -> None:
        super().__init__(code, say)
        self.refused = refused
