"""What a unit claims: its filled-in form, the rules it is bound to, and the audit of one by the other."""
