"""What perfeval does with a rule file and facts."""
