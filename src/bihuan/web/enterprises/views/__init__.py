"""Views of enterprises: lists, files, acts, imports."""
