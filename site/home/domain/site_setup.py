"""The pages and groups every site starts with. Running it again changes nothing."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from courses.domain.reminding import steps
from courses.models import CourseIndexPage
from home.domain import workflows
from home.models import HomePage, StandardPage
from home.standard_texts import STANDARD_PAGES
from media.models import CampaignIndexPage, StoryIndexPage
from people.domain.privacy import working_days
from people.domain.roles import GROUP_OF_ROLE
from people.enums import Role
from quizzes.domain.tags import load_starting_tags


@transaction.atomic
def set_up_site() -> HomePage:
    """The pages, the groups with their permissions, the workflows, and the data every site begins with."""
    home = HomePage.objects.first() or _create_home()
    _ensure(
        home,
        CourseIndexPage,
        "Khóa học",
        "khoa-hoc",
        introduction=(
            "Các khóa học về văn hóa công vụ, kỹ năng số và quy tắc ứng xử, dành cho cán bộ, công chức, viên chức "
            "và người lao động."
        ),
    )
    _ensure(home, StoryIndexPage, "Gương điển hình", "guong-dien-hinh")
    _ensure(home, CampaignIndexPage, "Chiến dịch", "chien-dich")
    for slug, text in STANDARD_PAGES.items():
        if not StandardPage.objects.child_of(home).filter(slug=slug).exists():
            _add(home, StandardPage(slug=slug, **text))
    _set_up_groups(home)
    _set_up_workflows()
    working_days.load_starting_days()
    load_starting_tags()
    steps.load_starting_steps()
    return home


def _create_home() -> HomePage:
    root = plant_roots()
    home = HomePage(
        title=settings.SITE_NAME,
        slug="trang-chu",
        headline="Phục vụ người dân bằng sự gương mẫu",
        introduction=(
            "Học văn hóa công vụ, rèn kỹ năng số, noi theo những tấm gương tận tụy – ngay trên điện thoại, "
            "mỗi ngày một ít."
        ),
        organisation="Sở Nội vụ tỉnh Lam Giang" if settings.DEMO_CONTENT else "",
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    origin = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    Site.objects.all().delete()
    Site.objects.create(
        hostname=origin.hostname,
        port=origin.port or (443 if origin.scheme == "https" else 80),
        root_page=home,
        is_default_site=True,
        site_name=settings.SITE_NAME,
    )
    for leftover in Page.objects.filter(depth=2).exclude(pk=home.pk):
        if leftover.slug == "home" and not leftover.get_children().exists():
            leftover.delete()  # Wagtail's own welcome page
    workflows.drop_wagtails_own()
    return HomePage.objects.get(pk=home.pk)


def plant_roots() -> Page:
    """The root of the page tree. Migrations plant it and the collections'; an emptied database gets both again."""
    Locale.objects.get_or_create(language_code=settings.WAGTAIL_CONTENT_LANGUAGES[0][0])
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))


def _ensure(home: HomePage, model, title: str, slug: str, **fields) -> None:
    if not model.objects.exists():
        _add(home, model(title=title, slug=slug, show_in_menus=True, **fields))


def _add(parent, page) -> None:
    parent.add_child(instance=page)
    page.save_revision().publish()


def _set_up_workflows() -> None:
    administrators = _group(Role.ADMINISTRATOR)
    workflows.ensure_workflow(workflows.COURSE_WORKFLOW, administrators, CourseIndexPage.objects.get())
    workflows.ensure_workflow(
        workflows.PRESS_WORKFLOW, administrators, StoryIndexPage.objects.get(), CampaignIndexPage.objects.get()
    )


def _set_up_groups(home: HomePage) -> None:
    authors = _group(Role.COURSE_AUTHOR)
    press = _group(Role.PRESS_OFFICER)
    administrators = _group(Role.ADMINISTRATOR)
    _page_rights(authors, CourseIndexPage.objects.get(), "add", "change", "publish", "lock", "bulk_delete")
    for index in (StoryIndexPage.objects.get(), CampaignIndexPage.objects.get()):
        _page_rights(press, index, "add", "change", "publish", "lock")
    _page_rights(administrators, home, "add", "change", "publish", "lock", "unlock", "bulk_delete")
    for group in (authors, press, administrators, _group(Role.H5P_LIBRARY_MANAGER)):
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for group in (authors, press, administrators):
        _collection_rights(group)
    _model_rights(authors, "quizzes", "quiz")
    _model_rights(authors, "courses", "directive")
    _model_rights(authors, "courses", "learningpath")
    for group in (press, administrators):
        _model_rights(group, "media", "exemplar", "consent", "emulationlevel", "emulationslogan")
    _model_rights(administrators, "quizzes", "quiz")
    _model_rights(administrators, "courses", "directive")
    _model_rights(administrators, "courses", "learningpath")
    _model_rights(administrators, "wagtailredirects", "redirect")


def _group(role: Role) -> Group:
    group, _created = Group.objects.get_or_create(name=GROUP_OF_ROLE[role])
    return group


def _page_rights(group: Group, page, *verbs: str) -> None:
    for verb in verbs:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{verb}_page")
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def _collection_rights(group: Group) -> None:
    """Photographs and documents. Wagtail asks for the rights on its own models, whatever models take their place."""
    root = Collection.get_first_root_node()
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        codenames = [f"{verb}_{model}" for verb in ("add", "change", "choose")]
        for permission in Permission.objects.filter(content_type__app_label=app, codename__in=codenames):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _model_rights(group: Group, app: str, *models: str) -> None:
    for model in models:
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app, content_type__model=model))
