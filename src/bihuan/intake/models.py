"""What intake stores. Private to the room."""
