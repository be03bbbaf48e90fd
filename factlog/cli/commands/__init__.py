"""The commands: one file each, each with one `command`."""
