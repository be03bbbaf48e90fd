"""What several test files need while they are collected, when a fixture cannot serve yet."""
