"""Databases of earlier versions, as backups made then: today's program takes each of them forward (decision 205)."""
