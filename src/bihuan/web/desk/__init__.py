"""Door pages of the desk: workbench, search, notices, help."""
