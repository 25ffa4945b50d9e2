"""Who works, where: jobs, their progress and their cancelling."""
