from django.urls import path

from .views import document_pdf

app_name = "printing"
urlpatterns = [path("<slug:kind>/<str:key>.pdf", document_pdf, name="document")]
