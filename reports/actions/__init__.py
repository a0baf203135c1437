"""The few writes of the reading side: which figures a county shows first, and that somebody took figures away. No figure."""
