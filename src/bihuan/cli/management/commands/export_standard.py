"""Write a standard, packaged or local, as a file of the schema that load_standard reads; or the commented template."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from bihuan.cli.areas import area_called
from bihuan.cli.database import DatabaseCommand
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from bihuan.standards import queries
from bihuan.standards.data.writing import adapted, as_yaml, template_text
from bihuan.standards.queries import loading
from bihuan.standards.rules.loading import prefix_of


class Command(DatabaseCommand):
    """`bihuan export_standard CODE`: on standard output."""

    help = "Write a standard as a file of the schema that load_standard reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("code", metavar="CODE", nargs="?", default="", help="its id, or its document number")
        parser.add_argument(
            "--for",
            dest="area",
            metavar="CODE_OR_NAME",
            default=None,
            help="town or county: as one of its own to start from",
        )

    def handle(self, **options: Any) -> None:
        """Write it."""
        prefix = prefix_of(area_called(options["area"]).path) if options["area"] is not None else ""
        if not options["code"]:
            self.stdout.write(template_text(prefix or prefix_of(area_called("").path)), ending="")
            return
        try:
            book = loading.book_for(PLATFORM, _id_of(options["code"]))
        except Refusal as refusal:
            raise CommandError(refusal.say) from None
        text = as_yaml(adapted(book, prefix), is_example=True) if prefix else as_yaml(book)
        self.stdout.write(text, ending="")


def _id_of(code: str) -> str:
    known = queries.whole_library().standards
    return next((one.id for one in known if code in {one.id, one.document_number}), code)
