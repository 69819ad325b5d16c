"""Read a file or pasted text into the lines of a document, under limits; nothing in it is run."""

from bihuan.campaigns.readers.opening import SUFFIXES, read_file, read_pasted
from bihuan.campaigns.readers.text import read_text

__all__ = ["SUFFIXES", "read_file", "read_pasted", "read_text"]
