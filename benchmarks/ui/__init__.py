"""How fast the window is: first paint, redraws, large libraries, and whether it ever stalls."""
