"""What standards stores. Private to the room."""
