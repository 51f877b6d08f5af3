"""Quizzes: one's own, and for who writes, marks and sees results; below /desk/training/quizzes/."""

from django.urls import path

from training.views.quizzes import importing, marking, taking, writing

urlpatterns = [
    path("", taking.mine, name="training_quizzes_mine"),
    path("<int:pk>/", taking.quiz, name="training_quizzes_quiz"),
    path("<int:pk>/begin/", taking.begin, name="training_quizzes_begin"),
    path("try/<int:pk>/", taking.attempt, name="training_quizzes_try"),
    path("try/<int:pk>/news/", taking.news, name="training_quizzes_news"),
    path("all/", writing.listed, name="training_quizzes_all"),
    path("new/", writing.new, name="training_quizzes_new"),
    path("<int:pk>/edit/", writing.edit, name="training_quizzes_edit"),
    path("<int:pk>/questions/", writing.questions, name="training_quizzes_questions"),
    path("question/<int:pk>/", writing.question, name="training_quizzes_question"),
    path("question/<int:pk>/news/", writing.question_news, name="training_quizzes_question_news"),
    path("question/<int:pk>/arrange/", writing.arrange, name="training_quizzes_arrange"),
    path("marking/", marking.marking, name="training_quizzes_marking"),
    path("marking/<int:pk>/", marking.mark, name="training_quizzes_mark"),
    path("marking/<int:pk>/take-over/", marking.take_over, name="training_quizzes_take_over"),
    path("<int:pk>/results/", marking.standing, name="training_quizzes_results"),
    path("<int:pk>/results/book/", marking.standing_book, name="training_quizzes_results_book"),
    path("<int:pk>/import/", importing.upload, name="training_quizzes_upload"),
    path("<int:pk>/book/", importing.book, name="training_quizzes_book"),
    path("import/<int:pk>/", importing.imported, name="training_quizzes_import"),
    path("template/", importing.template, name="training_quizzes_template"),
]
