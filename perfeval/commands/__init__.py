"""The commands of the command line, once their arguments are parsed."""
