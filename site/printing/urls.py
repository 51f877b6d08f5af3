from django.urls import path

from . import pack_views, room_views
from .views import document_docx, document_pdf

app_name = "printing"
urlpatterns = [
    path("packs/", pack_views.my_packs, name="packs"),
    path("packs/<int:key>/", pack_views.pack_screen, name="pack"),
    path("packs/<int:key>/progress/", pack_views.pack_progress, name="pack_progress"),
    path("packs/<int:key>/file/", pack_views.pack_file, name="pack_file"),
    path("packs/<int:key>/cancel/", pack_views.cancel_pack, name="cancel_pack"),
    path("packs/<int:key>/dismiss/", pack_views.dismiss_pack, name="dismiss_pack"),
    path("packs/<int:key>/again/", pack_views.order_again, name="order_pack_again"),
    path("room/", room_views.print_room, name="room"),
    path("room/<slug:key>/", room_views.room_paper, name="room_paper"),
    path("<slug:kind>/<str:key>.pdf", document_pdf, name="document"),
    path("<slug:kind>/<str:key>.docx", document_docx, name="docx"),
]
