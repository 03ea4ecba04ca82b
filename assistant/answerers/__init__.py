"""Ways of turning evidence into an answer, one file each."""
