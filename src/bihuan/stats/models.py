"""What stats stores. Private to the room."""
