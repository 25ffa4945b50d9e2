"""What one sees: the only room that imports PySide6."""
