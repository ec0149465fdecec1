"""The HR desk's directory of people: what is asked for, who is found, and how one row reads."""
