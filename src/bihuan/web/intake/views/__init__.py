"""The pages of superior's lists."""
