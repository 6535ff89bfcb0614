"""cnclean inside other tools, a few lines each; every adapter imports its tool when it is used."""
