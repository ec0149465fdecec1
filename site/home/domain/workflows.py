"""Who approves what: the workflows every site starts with. What administrators changed since is left alone."""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

# Names are data that administrators may change; these are only the first ones.
COURSE_WORKFLOW = ("Duyệt khóa học", "Quản trị viên duyệt khóa học")
PRESS_WORKFLOW = ("Duyệt tin bài", "Quản trị viên duyệt tin bài")


def ensure_workflow(names: tuple[str, str], approvers: Group, *indexes: Page) -> None:
    """A workflow of one step, approval by the group, on each index page that has no workflow of its own."""
    without = [page for page in indexes if not WorkflowPage.objects.filter(page_id=page.pk).exists()]
    if not without:
        return
    workflow_name, task_name = names
    workflow = Workflow.objects.filter(name=workflow_name, active=True).first() or _create(
        workflow_name, task_name, approvers
    )
    for page in without:
        WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)


def _create(workflow_name: str, task_name: str, approvers: Group) -> Workflow:
    workflow = Workflow.objects.create(name=workflow_name)
    task = GroupApprovalTask.objects.create(name=task_name)
    task.groups.add(approvers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def drop_wagtails_own() -> None:
    """Wagtail's first workflow stands on the root and waits for a group nobody is in."""
    WorkflowPage.objects.filter(page__depth=1).delete()
    for workflow in Workflow.objects.filter(name="Moderators approval", workflow_pages=None, active=True):
        workflow.deactivate()
    for task in GroupApprovalTask.objects.filter(name="Moderators approval", active=True):
        task.deactivate()
