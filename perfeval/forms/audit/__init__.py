"""What a form claims against what the rules say: one small check a finding, and their register."""
