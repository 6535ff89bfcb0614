"""The cleaners: one defect, one module, named for the defect. None imports another; `cnclean.registry` lists them."""
