"""The invented town (product, section 6): drawn from a seed, made through the services that people use."""
