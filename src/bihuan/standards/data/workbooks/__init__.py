"""Standards and checklists as workbooks: written to be filled in, read under limits, every fault told by its cell."""
