"""What one can do: one module per subject, one function per act."""
