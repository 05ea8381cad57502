"""What a rule file says."""
