"""The vocabularies of tags a site begins with. Administrators change the words; nothing here depends on them."""

from django.db import transaction

from quizzes.models import Tag, TagVocabulary

# The pillars of the project on the culture of public service, its “4 xin, 4 luôn”, and whom one deals with:
# words of the directives the site was made for. (code, Vietnamese, English)
STARTING_TAGS = {
    ("pillar", "Trụ cột Đề án 1847", "Pillar of Project 1847"): (
        ("attitude", "Tinh thần, thái độ làm việc", "Working spirit and attitude"),
        ("conduct", "Chuẩn mực giao tiếp, ứng xử", "Communication and conduct"),
        ("ethics", "Chuẩn mực đạo đức, lối sống", "Ethics and way of life"),
        ("dress", "Trang phục", "Dress"),
    ),
    ("courtesy", "4 xin, 4 luôn", "Four courtesies"): (
        ("greet", "Xin chào", "Greeting"),
        ("apologise", "Xin lỗi", "Apologising"),
        ("thank", "Xin cảm ơn", "Thanking"),
        ("permission", "Xin phép", "Asking permission"),
        ("smile", "Luôn mỉm cười", "Always smiling"),
        ("gentle", "Luôn nhẹ nhàng", "Always gentle"),
        ("listen", "Luôn lắng nghe", "Always listening"),
        ("help", "Luôn giúp đỡ", "Always helping"),
    ),
    ("counterpart", "Đối tượng giao tiếp", "Counterpart"): (
        ("citizens", "Người dân, doanh nghiệp", "Citizens and businesses"),
        ("colleagues", "Đồng nghiệp", "Colleagues"),
        ("superiors", "Lãnh đạo cấp trên", "Superiors"),
        ("subordinates", "Cấp dưới", "Subordinates"),
    ),
    ("difficulty", "Độ khó", "Difficulty"): (
        ("easy", "Dễ", "Easy"),
        ("medium", "Trung bình", "Medium"),
        ("hard", "Khó", "Hard"),
    ),
}


@transaction.atomic
def load_starting_tags() -> None:
    """Makes the vocabularies that are not there. One that is stays as it was made, words taken out included."""
    for place, ((code, name, name_en), words) in enumerate(STARTING_TAGS.items(), start=1):
        vocabulary, is_new = TagVocabulary.objects.get_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "position": place * 10}
        )
        if is_new:
            Tag.objects.bulk_create(
                Tag(vocabulary=vocabulary, code=word, name=vietnamese, name_en=english, position=position * 10)
                for position, (word, vietnamese, english) in enumerate(words, start=1)
            )
