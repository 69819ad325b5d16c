"""What hazards stores. Private to the room."""
