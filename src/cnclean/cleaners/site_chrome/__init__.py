"""Site chrome: navigation, forms, meta lines, related lists and footers left in extracted text."""

from cnclean.cleaners.site_chrome.cleaner import SiteChrome
from cnclean.cleaners.site_chrome.fields import meta_fields

__all__ = ["SiteChrome", "meta_fields"]
