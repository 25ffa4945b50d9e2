"""The pages: each shows a plain view of something and asks for acts by signals."""
