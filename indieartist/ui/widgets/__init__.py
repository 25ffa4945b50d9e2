"""The parts a screen is made of: own painters, tokens read at paint time, no service in sight."""
