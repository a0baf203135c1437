"""What the faces of the system print, read back as texts: pages, JSON, files and printed tables."""
