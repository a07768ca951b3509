"""One file per workspace, each with one WORKSPACE."""
