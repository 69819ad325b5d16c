"""The forms of the product as a browser sees them: found on its pages, filled with something plausible."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve
from PIL import Image

TEXT = "已经核实，齐全。"
WAYS = ("plain", "all", "last")  # what is asked for; everything; everything, with the last of each choice
LIKE = 2  # pages that differ only in the ids of their address
MORE = {"people:user": 8}  # where what a form may do hangs on whose page it is: not every post can have every role


@dataclass(frozen=True, slots=True)
class Field:
    """One field. values: what can be chosen. on: what is chosen as the page comes."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    many: bool = False


@dataclass
class Form:
    """A form that writes. buttons: name and value of each that says something; plain: whether one says nothing."""

    page: str
    action: str
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    plain: bool = False
    key: str = ""

    @property
    def route(self) -> str:
        """The name of the address that takes it."""
        return resolve(urlsplit(self.action).path).view_name

    def presses(self) -> list[tuple[str, str] | None]:
        """Return each way to send it: by its buttons."""
        return [*self.buttons, None] if self.plain or not self.buttons else list(self.buttons)

    def filled(self, way: str, words: dict[str, Any], press: tuple[str, str] | None = None) -> dict[str, Any]:
        """Return what a person sends: what stands there, and something plausible where nothing does.

        words: by the name of a field, by `type:` and its type, by `file:` and the route for what is uploaded there.
        """
        said: dict[str, Any] = {}
        for one in self.fields:
            value = _value(one, way, words)
            if one.kind == "file" and f"file:{self.route}" in words:
                name, content = words[f"file:{self.route}"]
                value = SimpleUploadedFile(name, content)
            if value is not None:
                said.setdefault(one.name, []).extend(value if isinstance(value, list) else [value])
        if press is not None:
            said.setdefault(press[0], []).append(press[1])
        return said


def _value(one: Field, way: str, words: dict[str, Any]) -> Any:
    if one.kind == "hidden":
        return list(one.on)
    if one.kind in {"checkbox", "radio", "select"}:
        return _chosen(one, way)
    if one.kind == "file":
        return None if way == "plain" else picture()
    if one.name in words:
        return words[one.name]
    if one.name.startswith("cell-"):
        return "0"
    return next((text for text in one.on if text), "") or words.get(f"type:{one.kind}", TEXT)


def _chosen(one: Field, way: str) -> list[str]:
    values = [value for value in one.values if value]
    if not values:
        return []
    if one.kind == "checkbox":
        return values if way != "plain" else list(one.on) or (values[:1] if len(values) > 1 else [])
    if way == "last":
        return values[-1:]
    return [value for value in one.on if value][:1] or values[:1]


_shades = iter(range(1, 100_000))


def picture() -> SimpleUploadedFile:
    """Return a picture that no other is like."""
    kept, shade = io.BytesIO(), next(_shades)
    Image.new("RGB", (32, 24), (shade % 256, (shade * 7) % 256, (shade * 31) % 256)).save(kept, "PNG")
    return SimpleUploadedFile("照片.png", kept.getvalue(), content_type="image/png")


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.loose: list[tuple[str, Field | tuple[str, str]]] = []
        self.select: dict[str, Any] | None = None
        self.area: dict[str, Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value if value is not None else name for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.append(urljoin(self.page, told["href"]))
        elif tag in {"input", "button"}:
            self._press_or_field(told, tag)
        elif tag == "form" and told.get("method", "").lower() == "post":
            action = urljoin(self.page, told.get("action", "") or self.page)
            self.open = Form(self.page, action, key=told.get("id", ""))
            self.forms.append(self.open)
        elif tag == "select" and "name" in told:
            self.select = told | {"values": [], "on": []}
        elif tag == "option" and self.select is not None:
            self.select["values"].append(told.get("value", ""))
            if "selected" in told:
                self.select["on"].append(told.get("value", ""))
        elif tag == "textarea" and "name" in told:
            self.area = told | {"text": ""}

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.area["text"] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select" and self.select is not None:
            told, self.select = self.select, None
            self._add(
                told,
                Field(told["name"], "select", tuple(told["values"]), tuple(told["on"]), many="multiple" in told),
            )
        elif tag == "textarea" and self.area is not None:
            told, self.area = self.area, None
            self._add(told, Field(told["name"], "text", on=(told["text"].strip(),)))

    def _press_or_field(self, told: dict[str, str], tag: str) -> None:
        if told.get("name"):
            self._keep(told, tag)
        elif tag == "button" and self.open is not None:
            self.open.plain |= told.get("type", "submit") == "submit"

    def _keep(self, told: dict[str, str], tag: str) -> None:
        kind = told.get("type", "submit" if tag == "button" else "text")
        value = told.get("value", "")
        if tag == "button" or kind == "submit":
            self._add(told, (told["name"], value))
        elif kind in {"checkbox", "radio"}:
            self._add(told, Field(told["name"], kind, (value or "on",), (value or "on",) if "checked" in told else ()))
        else:
            self._add(told, Field(told["name"], kind, on=(value,)))

    def _add(self, told: dict[str, Any], what: Field | tuple[str, str]) -> None:
        if told.get("form"):
            self.loose.append((told["form"], what))
        elif self.open is not None:
            _put(self.open, what)

    def done(self) -> list[Form]:
        """Return the forms, each with the fields that stand elsewhere on the page; boxes of one name as one choice."""
        for key, what in self.loose:
            for form in self.forms:
                if form.key == key:
                    _put(form, what)
        for form in self.forms:
            form.fields = list(_together(form.fields))
        return self.forms


def _put(form: Form, what: Field | tuple[str, str]) -> None:
    if isinstance(what, tuple):
        form.buttons.append(what)
    else:
        form.fields.append(what)


def _together(fields: list[Field]) -> Iterator[Field]:
    by_name: dict[tuple[str, str], list[Field]] = {}
    for one in fields:
        by_name.setdefault((one.name, one.kind), []).append(one)
    for (name, kind), group in by_name.items():
        values = tuple(value for one in group for value in one.values)
        on = tuple(value for one in group for value in one.on)
        yield Field(name, kind, values, on, many=len(group) > 1)


def forms_on(page: str, body: str) -> list[Form]:
    """Return the forms of a page that write."""
    reader = _Reader(page)
    reader.feed(body)
    return reader.done()


def walked(client: Client, *, most: int = 400) -> Iterator[tuple[str, str]]:
    """Yield every page that this person can reach by links from the first one, a few of each kind: address, body."""
    waiting, known, seen = ["/"], dict[Any, int](), {"/"}
    while waiting and most:
        page = waiting.pop(0)
        answer = client.get(page)
        most -= 1
        is_page = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
        if not is_page:
            b"".join(answer.streaming_content if answer.streaming else ())  # a file is closed at its end
            continue
        body = answer.content.decode()
        yield page, body
        reader = _Reader(page)
        reader.feed(body)
        for link in reader.links:
            place = _place(link)
            whole = link.partition("#")[0]
            if place is None or whole in seen or known.get(place, 0) >= MORE.get(place[0], LIKE):
                continue
            known[place] = known.get(place, 0) + 1
            seen.add(whole)
            waiting.append(whole)


def _place(link: str) -> tuple[Any, ...] | None:
    """Return what kind of page a link leads to, None for one outside."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    words = tuple(value for value in found.kwargs.values() if isinstance(value, str))
    asked = tuple(pair for pair in parse_qsl(parts.query) if pair[0] == "kind")  # other filters bring no other forms
    return (found.view_name, words, asked)
