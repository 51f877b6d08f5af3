"""Addresses of materials: those of readers, and those of editors on the desk."""

from django.urls import path

from training.views import materials as views

public = [
    path("<int:pk>/<int:number>/", views.sheet, name="training_materials_sheet"),
    path("<int:pk>/<int:version>/<int:number>.webp", views.picture, name="training_materials_picture"),
    path("<int:pk>/file/", views.file, name="training_materials_file"),
]
desk = [
    path("files/<int:pk>/", views.file_state, name="training_materials_file_state"),
    path("files/<int:pk>/progress/", views.file_progress, name="training_materials_file_progress"),
    path("files/<int:pk>/<int:number>.webp", views.draft_picture, name="training_materials_draft_picture"),
    path("files/<int:pk>/file/", views.draft_file, name="training_materials_draft_file"),
]
