"""What enterprises decides: codes, names, size classes, likeness; plain Python."""
