"""Whole corpora: files in, files out, on all cores or on a cluster, restartable, nothing lost.

Needs the extra `corpus`: `pip install 'cnclean[corpus]'`.
"""
