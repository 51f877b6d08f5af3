"""Addresses of videos: those of their keepers on the desk, those of their watchers."""

from django.urls import path

from training.views import video_files, video_parts, videos

desk = [
    path("", videos.overview, name="training_videos"),
    path("new/", videos.new, name="training_videos_new"),
    path("begin/", video_parts.begin, name="training_videos_begin"),
    path("<int:pk>/", videos.one, name="training_videos_one"),
    path("<int:pk>/part/", video_parts.part, name="training_videos_part"),
    path("<int:pk>/go-on/", video_parts.go_on, name="training_videos_go_on"),
    path("<int:pk>/progress/", videos.how_far, name="training_videos_progress"),
    path("<int:pk>/captions/", videos.set_captions, name="training_videos_captions"),
    path("<int:pk>/delete/", videos.delete, name="training_videos_delete"),
]
public = [
    path("<int:pk>/play", video_files.play, name="training_video_play"),
    path("<int:pk>/download", video_files.download, name="training_video_download"),
    path("<int:pk>/captions.vtt", video_files.captions, name="training_video_captions"),
]
