"""What is drawn and heard in the mastering room: its wave, its meters, its charts, its preview."""
