"""Reports: what was changed and why, for people and for machines, of one text (`Report`) or of many (`audit.Audit`)."""

from cnclean.report.report import LineChange, Report

__all__ = ["LineChange", "Report"]
