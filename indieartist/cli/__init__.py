"""What one types: every act of the services as a command, for people and for scripts alike."""
