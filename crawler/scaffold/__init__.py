"""From an address to a recipe: `tinso sources add`."""
