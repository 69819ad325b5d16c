"""What documents stores. Private to the room."""
