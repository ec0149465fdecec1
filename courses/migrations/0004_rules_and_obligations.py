"""Assignments become rules over units, groups and types; one obligation a person, course and cycle with its reasons.

What was assigned before becomes a rule for one unit and all below it; several obligations of one person for one
course become one, due on the earliest day, with all their reasons.
"""

import courses.models.certificate
import courses.models.fields
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import shared.text.fields
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime


def carry_over(apps, schema_editor):
    rules, duties, completions = (
        apps.get_model("courses", name) for name in ("Assignment", "Obligation", "Completion")
    )
    targets = apps.get_model("courses", "AssignmentUnit")
    for pk, unit, created_at in list(rules.objects.values_list("pk", "unit", "created_at")):
        targets.objects.create(assignment_id=pk, unit_id=unit)
        rules.objects.filter(pk=pk).update(owner_unit=unit, active_from=localtime(created_at).date())
    for statement in _STATEMENTS:
        schema_editor.execute(statement)
    of_duty = completions.objects.filter(person=OuterRef("person"), course=OuterRef("course"))
    first = of_duty.order_by("completed_at", "pk")
    duties.objects.update(
        completion=Subquery(first.values("pk")[:1]),
        fulfilled_on=Subquery(first.annotate(day=TruncDate("completed_at")).values("day")[:1]),
    )
    if schema_editor.connection.vendor == "postgresql":  # tables with checks waiting cannot be altered
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


_STATEMENTS = (
    """INSERT INTO courses_obligationreason (obligation_id, assignment_id, since, due_on)
    SELECT kept.id, duty.assignment_id, rule.active_from, duty.due_on FROM courses_obligation AS duty
    JOIN (SELECT person_id, course_id, cycle, MIN(id) AS id FROM courses_obligation
    GROUP BY person_id, course_id, cycle) AS kept
    ON kept.person_id = duty.person_id AND kept.course_id = duty.course_id AND kept.cycle = duty.cycle
    JOIN courses_assignment AS rule ON rule.id = duty.assignment_id""",
    """UPDATE courses_obligation SET
    obliged_from = (SELECT MIN(reason.since) FROM courses_obligationreason AS reason
    WHERE reason.obligation_id = courses_obligation.id),
    due_on = (SELECT MIN(reason.due_on) FROM courses_obligationreason AS reason
    WHERE reason.obligation_id = courses_obligation.id)
    WHERE id IN (SELECT obligation_id FROM courses_obligationreason)""",
    "DELETE FROM courses_obligation WHERE id NOT IN (SELECT obligation_id FROM courses_obligationreason)",
)


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_lesson_activities'),
        ('people', '0002_log_is_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssignmentUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('with_subtree', models.BooleanField(default=True, verbose_name='with all units below')),
            ],
            options={
                'verbose_name': 'unit of an assignment',
                'verbose_name_plural': 'units of assignments',
            },
        ),
        migrations.CreateModel(
            name='CourseCoOwner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('may_edit', models.BooleanField(default=False, verbose_name='may edit the course')),
                ('sees_figures', models.BooleanField(default=True, verbose_name='sees its figures')),
            ],
            options={
                'verbose_name': 'co-owner',
                'verbose_name_plural': 'co-owners',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CoursePrerequisite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'prerequisite',
                'verbose_name_plural': 'prerequisites',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Exemption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('exemption', 'Exemption'), ('deferral', 'Deferral'), ('equivalence', 'Recognised equivalent')], max_length=12, verbose_name='kind')),
                ('state', models.CharField(choices=[('requested', 'Waiting for a decision'), ('approved', 'Approved'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='requested', max_length=10)),
                ('reason', shared.text.fields.NormalisedTextField(max_length=600, verbose_name='reason')),
                ('evidence', models.FileField(blank=True, storage=courses.models.certificate.private_storage, upload_to='exemptions/%Y', verbose_name='evidence')),
                ('evidence_name', models.CharField(blank=True, max_length=200)),
                ('evidence_issuer', shared.text.fields.NormalisedTextField(blank=True, max_length=200, verbose_name='issued by')),
                ('evidence_date', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('requested_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', shared.text.fields.NormalisedTextField(blank=True, max_length=300, verbose_name='note on the decision')),
            ],
            options={
                'verbose_name': 'exemption',
                'verbose_name_plural': 'exemptions',
                'ordering': ['-requested_at'],
            },
        ),
        migrations.CreateModel(
            name='LearningPath',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('title', shared.text.fields.NormalisedTextField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='summary')),
                ('in_order', models.BooleanField(default=False, help_text='A course opens when the one before it is completed.', verbose_name='one after the other')),
                ('search_key', shared.text.fields.DerivedTextField(default='', max_length=400)),
            ],
            options={
                'verbose_name': 'learning path',
                'verbose_name_plural': 'learning paths',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='ObligationReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('due_on', models.DateField()),
            ],
            options={
                'verbose_name': 'reason of an obligation',
                'verbose_name_plural': 'reasons of obligations',
            },
        ),
        migrations.CreateModel(
            name='PathCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'verbose_name': 'course of a learning path',
                'verbose_name_plural': 'courses of learning paths',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='assignment',
            options={'ordering': ['due_on', 'pk'], 'verbose_name': 'assignment', 'verbose_name_plural': 'assignments'},
        ),
        migrations.AddField(
            model_name='assignment',
            name='active_from',
            field=models.DateField(default=django.utils.timezone.localdate, verbose_name='asks from'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='active_to',
            field=models.DateField(blank=True, null=True, verbose_name='asks until'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='due_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='due_kind',
            field=models.CharField(choices=[('fixed', 'A fixed day'), ('joining', 'A number of days after joining the service'), ('assignment', 'A number of days after being asked')], default='fixed', max_length=12, verbose_name='due'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='employment_types',
            field=courses.models.fields.CodeListField(blank=True, default=list, max_length=250, verbose_name='employment types'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='managers',
            field=models.CharField(choices=[('any', 'Leaders and staff'), ('only', 'Only leaders and managers'), ('without', 'Only staff without a leading position')], default='any', max_length=10, verbose_name='leading others'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='newcomer_days',
            field=models.PositiveSmallIntegerField(default=30, verbose_name='days for whoever comes later'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='owner_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit', verbose_name='asked by'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='position_groups',
            field=courses.models.fields.CodeListField(blank=True, default=list, max_length=250, verbose_name='position groups'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='recurrence',
            field=models.CharField(choices=[('none', 'Once'), ('yearly', 'Every year')], default='none', max_length=10, verbose_name='how often'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='retired_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='retired_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assignment',
            name='window_opens_on',
            field=models.DateField(blank=True, null=True, verbose_name='window opens on'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='completion',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='courses.completion'),
        ),
        migrations.AddField(
            model_name='obligation',
            name='counts_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='obligation',
            name='fulfilled_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='obligation',
            name='obliged_from',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='obligation',
            name='obliged_to',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='course',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='courses.coursepage', verbose_name='course'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='directive',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.directive', verbose_name='directive'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='due_on',
            field=models.DateField(blank=True, null=True, verbose_name='due on'),
        ),
        migrations.AddField(
            model_name='assignmentunit',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='courses.assignment'),
        ),
        migrations.AddField(
            model_name='assignmentunit',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignment_units', to='people.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='coursecoowner',
            name='course',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='co_owners', to='courses.coursepage'),
        ),
        migrations.AddField(
            model_name='coursecoowner',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit', verbose_name='unit'),
        ),
        migrations.AddField(
            model_name='courseprerequisite',
            name='course',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='prerequisites', to='courses.coursepage'),
        ),
        migrations.AddField(
            model_name='courseprerequisite',
            name='required',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opens', to='courses.coursepage', verbose_name='course to complete first'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to='courses.coursepage', verbose_name='course'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exemption',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exemptions', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='exemption',
            name='requested_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='obligation',
            name='equivalence',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='courses.exemption'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('fulfilled_on__isnull', True), ('obliged_to__isnull', True)), fields=['due_on', 'person'], name='obligation_waiting'),
        ),
        migrations.AddField(
            model_name='learningpath',
            name='owner_unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit', verbose_name='owner unit'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='path',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='courses.learningpath', verbose_name='learning path'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('course__isnull', False), ('path__isnull', True)), models.Q(('course__isnull', True), ('path__isnull', False)), _connector='OR'), name='assignment_asks_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('due_kind', 'fixed'), ('due_on__isnull', False)), models.Q(models.Q(('due_kind', 'fixed'), _negated=True), ('due_days__isnull', False)), _connector='OR'), name='assignment_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('recurrence', 'none'), models.Q(('due_kind', 'fixed'), ('window_opens_on__isnull', False), ('window_opens_on__lte', models.F('due_on'))), _connector='OR'), name='assignment_yearly_has_window'),
        ),
        migrations.AddField(
            model_name='obligationreason',
            name='assignment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='courses.assignment'),
        ),
        migrations.AddField(
            model_name='obligationreason',
            name='obligation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reasons', to='courses.obligation'),
        ),
        migrations.AddField(
            model_name='pathcourse',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='path_places', to='courses.coursepage', verbose_name='course'),
        ),
        migrations.AddField(
            model_name='pathcourse',
            name='path',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='path_courses', to='courses.learningpath'),
        ),
        migrations.AddConstraint(
            model_name='assignmentunit',
            constraint=models.UniqueConstraint(fields=('assignment', 'unit'), name='assignment_unit_once'),
        ),
        migrations.AddConstraint(
            model_name='courseprerequisite',
            constraint=models.CheckConstraint(condition=models.Q(('course', models.F('required')), _negated=True), name='course_not_before_itself'),
        ),
        migrations.AddIndex(
            model_name='exemption',
            index=models.Index(fields=['person', 'course', 'state'], name='exemption_by_person'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='exemption_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='exemption',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'deferral'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='deferral_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='obligationreason',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('obligation', 'assignment'), name='reason_open_once'),
        ),
        migrations.AddConstraint(
            model_name='pathcourse',
            constraint=models.UniqueConstraint(fields=('path', 'course'), name='path_course_once'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='obligation',
            name='obligation_once_per_cycle',
        ),
        migrations.RemoveField(
            model_name='assignment',
            name='unit',
        ),
        migrations.RemoveField(
            model_name='obligation',
            name='assignment',
        ),
        migrations.AddConstraint(
            model_name='obligation',
            constraint=models.UniqueConstraint(fields=('person', 'course', 'cycle'), name='obligation_once_per_cycle'),
        ),
        migrations.AlterField(
            model_name='obligation',
            name='obliged_from',
            field=models.DateField(),
        ),
    ]
