"""Superior's lists: the import wizard, and the lists with their progress."""
