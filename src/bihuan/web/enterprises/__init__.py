"""Door pages of enterprises: the list, the file of each (一企一档), its QR code, and the import of a table."""
