"""What enterprises stores. Private to the room."""
