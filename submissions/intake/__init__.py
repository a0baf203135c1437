"""Figures from files: recognised, weighed against what stands, shown, and taken in when a person says so."""
