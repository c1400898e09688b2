"""How the weights of the quotation reader are made; not installed. `python -m training.train --help`."""
