"""The HR desk's pages about what is asked of people: rules with their preview, and who is asked by a rule."""
