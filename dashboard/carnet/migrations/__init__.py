"""The migrations of the carnet, run by `dashboard.carnet.database` and by nothing else."""
