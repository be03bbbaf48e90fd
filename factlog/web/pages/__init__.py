"""The pages of the desk, a file for each part of the work."""
