"""What the facilitator can do, by concern. Each command is declared here, once."""
