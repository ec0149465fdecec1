"""Vietnamese names with the frequencies of the north's mountain provinces, without saying anybody's ethnicity."""

from random import Random

from people.enums import Gender
from people.province.facts import Weighted


class NameMaker:
    """Draws full names: surname, one to three middle words, given name."""

    def __init__(self, names: dict):
        surnames = dict(names["surnames"])
        left = (100 - sum(surnames.values())) / len(names["tail_surnames"])
        self._surnames = Weighted(surnames | dict.fromkeys(names["tail_surnames"], left))
        self._hmong = names["hmong"]
        self._words = {gender: Weighted(names["words"][gender]) for gender in Gender.values}
        self._middles = {gender: Weighted(names[f"middle_{gender}"]) for gender in Gender.values}
        self._given = {gender: Weighted(names[f"given_{gender}"]) for gender in Gender.values}
        self._after_thi = names["after_thi"]

    def draw(self, random: Random, gender: str) -> str:
        surname = self._surnames.draw(random)
        if surname in self._hmong["surnames"]:
            return self._three_words(random, gender, surname)
        words = self._words[gender].draw(random)
        given = self._given[gender].draw(random)
        middles: list[str] = []
        while len(middles) < words - 2:
            middle = self._next_middle(random, gender, middles)
            if middle != given and middle not in middles:
                middles.append(middle)
        return " ".join([surname, *middles, given])

    def _three_words(self, random: Random, gender: str, surname: str) -> str:
        """Giàng A Páo, Sùng Thị Mỷ."""
        if random.random() < 0.7:
            given = random.choice(self._hmong[f"{gender}_given"])
        else:
            given = self._given[gender].draw(random)
        return f"{surname} {self._hmong[f'{gender}_middle']} {given}"

    def _next_middle(self, random: Random, gender: str, before: list[str]) -> str:
        if before == ["Thị"]:
            return random.choice(self._after_thi)
        middle = self._middles[gender].draw(random)
        return middle if middle != "Thị" or not before else random.choice(self._after_thi)
