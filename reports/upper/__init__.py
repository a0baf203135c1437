"""Tables that an upper level sends down: what stands behind their cells, found, kept, and filled each period. Adds nothing up."""
