"""The colours all pictures share."""

INK, INDIGO, VERMILION, GOLD, LEAF = "#211C16", "#1D3B66", "#A3201B", "#F0BC42", "#1B6440"
PAPER, IVORY = "#FAF7F1", "#F2ECE0"
SHIRT, SHIRT_SHADE, SHIRT_LINE = "#FBF7EE", "#E9DFCD", "#D5C8B1"
SHIRT_DIM = "#F3ECDF"  # the shirt on the side away from the light
HAIR = "#2A211D"
WOOD, WOOD_DARK, WOOD_LIGHT = "#6B3F2A", "#4A2A1C", "#8A5636"
FAIR = ("#E6B690", "#CF966F", "#B87C58")  # skin, shade, line
TAN = ("#D79F76", "#BC805A", "#9C6444")
INDIGO_CLOTH, INDIGO_DARK, INDIGO_TRIM = "#2C3F70", "#1C2950", "#7C9BD0"
