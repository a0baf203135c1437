"""Tables of anyone's making: their heads understood as units and figures, their cells placed, everything else listed."""
