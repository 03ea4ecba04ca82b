"""The commands: each file holds one command, or a family of them, and nothing else."""
