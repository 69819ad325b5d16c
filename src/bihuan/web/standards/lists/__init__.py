"""Checklists: to read, to print, and to make one's own."""
