from django.db import migrations

from shared.text.fold import fold


def fill_in(apps, schema_editor):
    """Banks so far lie in no other; questions become searchable by their wording."""
    Bank = apps.get_model('quizzes', 'Bank')
    for bank in Bank.objects.all():
        bank.path = f'/{bank.pk}/'
        bank.save(update_fields=['path'])
    Question = apps.get_model('quizzes', 'Question')
    for question in Question.objects.filter(current__isnull=False).select_related('current').iterator():
        content = question.current.content
        texts = [*content.get('scenario', {}).values(), *content['stem'].values()]
        question.search_key = fold(' '.join([question.code, *texts]))
        question.save(update_fields=['search_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('quizzes', '0003_banks_and_draws'),
    ]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
