"""The editing desk as a whole: its menu, its look, its workflows, and files that are still in use."""
