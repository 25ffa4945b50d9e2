"""What others see: artwork checked and derived, pages and pictures drawn."""
