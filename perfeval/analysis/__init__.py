"""What can be said of rule files without scoring a form, and of many forms at once."""
