"""What is decided of supervision, bulletins, interviews and accountability (R9.9 to R9.13). Plain Python."""
