"""Addresses of the screens, under the admin's own."""

from django.urls import path

from quizzes.desk import banks, examining, marking, paper, questions, remarking

urlpatterns = [
    path("exams/banks/", banks.BanksView.as_view(), name="exam_banks"),
    path("exams/banks/new/", banks.NewBankView.as_view(), name="exam_new_bank"),
    path("exams/banks/<int:pk>/", banks.EditBankView.as_view(), name="exam_bank"),
    path("exams/banks/<int:pk>/delete/", banks.DeleteBankView.as_view(), name="exam_delete_bank"),
    path("exams/questions/", questions.QuestionsView.as_view(), name="exam_questions"),
    path("exams/questions/results/", questions.QuestionsView.as_view(results_only=True), name="exam_questions_results"),
    path("exams/questions/new/", questions.PickKindView.as_view(), name="exam_new_question"),
    path("exams/questions/new/<slug:kind>/", questions.NewView.as_view(), name="exam_write_question"),
    path("exams/questions/preview/<slug:kind>/", questions.PreviewDraftView.as_view(), name="exam_preview_draft"),
    path("exams/questions/<int:pk>/", questions.QuestionView.as_view(), name="exam_question"),
    path("exams/questions/<int:pk>/edit/", questions.EditView.as_view(), name="exam_edit_question"),
    path("exams/questions/<int:pk>/preview/", questions.PreviewView.as_view(), name="exam_preview_question"),
    path(
        "exams/questions/<int:pk>/versions/<int:number>/",
        questions.CompareView.as_view(),
        name="exam_compare_question",
    ),
    path("exams/questions/<int:pk>/duplicate/", questions.DuplicateView.as_view(), name="exam_duplicate_question"),
    path("exams/questions/<int:pk>/move/", questions.MoveView.as_view(), name="exam_move_question"),
    path("exams/questions/<int:pk>/retire/", questions.RetireView.as_view(), name="exam_retire_question"),
    path("exams/quizzes/<int:pk>/", paper.PaperView.as_view(), name="exam_paper"),
    path("exams/quizzes/<int:pk>/preview/", paper.PaperPreviewView.as_view(), name="exam_paper_preview"),
    path("exams/quizzes/<int:pk>/preview/paper/", paper.PaperFrameView.as_view(), name="exam_paper_frame"),
    path("exams/parts/<slug:kind>/<int:pk>/", paper.PartView.as_view(), name="exam_part"),
    path("exams/sections/<int:pk>/draw/", paper.NewDrawView.as_view(), name="exam_new_draw"),
    path("exams/sections/<int:pk>/choose/", paper.ChooseQuestionsView.as_view(), name="exam_choose_questions"),
    *examining.urlpatterns,
    *remarking.urlpatterns,
    path("exams/marking/", marking.MarkingView.as_view(), name="exam_marking"),
    path("exams/marking/<int:pk>/", marking.MarkAttemptView.as_view(), name="exam_mark"),
]
