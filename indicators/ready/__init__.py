"""The catalogue, forms and checks that come with the system, as the tables their loaders take."""
