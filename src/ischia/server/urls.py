"""Every address of the app."""

from django.urls import path
from django.views.generic import RedirectView

from ischia.server import bodies, figures, offline, pages
from ischia.server.accounts import views as accounts
from ischia.server.api import api
from ischia.server.clinic import views as clinic
from ischia.server.coach import page as camera_page
from ischia.server.coach import views as coach
from ischia.server.patients import check_in_views, own_data_views, stop_views, welcome_views
from ischia.server.training import (
    after_views,
    care_views,
    exercise_views,
    handout_views,
    history_views,
    movement_views,
    nerve_watch_views,
    session_views,
    today_views,
)

handler400 = "ischia.server.pages.bad_request"
handler403 = "ischia.server.pages.forbidden"
handler404 = "ischia.server.pages.not_found"
handler500 = "ischia.server.pages.broken"

urlpatterns = [
    path("", pages.home, name="home"),
    path("favicon.ico", RedirectView.as_view(url="/static/ischia/app/icon.svg"), name="favicon"),
    path("language/", pages.language, name="language"),
    path("help/", pages.help_page, name="help"),
    path("certificate/", pages.certificate, name="certificate"),
    path("certificate/ischia.crt", pages.certificate_file, name="certificate-file"),
    path("log-in/", accounts.log_in, name="log-in"),
    path("log-out/", accounts.log_out, name="log-out"),
    path("settings/password/", accounts.change_password, name="password"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("welcome/", welcome_views.welcome, name="welcome"),
    path("welcome/symptoms/", welcome_views.symptoms, name="welcome-symptoms"),
    path("welcome/questions/", welcome_views.questions_page, name="welcome-questions"),
    path("welcome/about-you/", welcome_views.about_you, name="welcome-about-you"),
    path("check-in/", check_in_views.symptoms, name="check-in"),
    path("check-in/questions/", check_in_views.questions_page, name="check-in-questions"),
    path("stop/", stop_views.stop, name="stop"),
    path("stop/card/", stop_views.card, name="emergency-card"),
    path("stop/clear/", stop_views.clear, name="clear"),
    path("today/", today_views.today, name="today"),
    path("today/start/", today_views.start, name="start"),
    path("today/rest/", today_views.rest, name="rest"),
    path("session/<uuid:session_id>/", session_views.player, name="player"),
    path("session/<uuid:session_id>/after/", after_views.after, name="after"),
    path("session/<uuid:session_id>/summary/", after_views.summary, name="summary"),
    path("strength/", nerve_watch_views.nerve_watch, name="nerve-watch"),
    path("strength/<slug:step>/", nerve_watch_views.one_test, name="nerve-watch-test"),
    path("care/", care_views.care, name="care"),
    path("history/", history_views.history, name="history"),
    path("history/<uuid:session_id>/", history_views.one_session, name="history-session"),
    path("movements/erase/", movement_views.erase_all, name="movements-erase"),
    path("movements/<uuid:event_id>/", movement_views.movement, name="movement"),
    path("movements/<uuid:event_id>/drawing", movement_views.data, name="movement-data"),
    path("movements/<uuid:event_id>/drawing.npz", movement_views.file, name="movement-file"),
    path("movements/<uuid:event_id>/erase/", movement_views.erase, name="movement-erase"),
    path("settings/", own_data_views.settings_page, name="settings"),
    path("settings/export/", own_data_views.export, name="export"),
    path("settings/delete/", own_data_views.delete, name="delete"),
    path("clinic/", clinic.patients, name="clinic"),
    path("clinic/<uuid:patient_id>/", clinic.patient, name="clinic-patient"),
    path("clinic/<uuid:patient_id>/session/<uuid:session_id>/", clinic.session, name="clinic-session"),
    path("clinic/<uuid:patient_id>/clear/", clinic.clear, name="clinic-clear"),
    path("clinic/<uuid:patient_id>/order/", clinic.order, name="clinic-order"),
    path("figures/<slug:exercise_id>.json", figures.motion, name="figure"),
    path("figures/<slug:exercise_id>/<slug:pose>.svg", figures.still, name="figure-still"),
    path("exercises/", exercise_views.every, name="exercises"),
    path("exercises/<slug:exercise_id>/", exercise_views.one, name="exercise"),
    path("exercises/<slug:exercise_id>/sheet.pdf", handout_views.one, name="exercise-sheet"),
    path("today/sheets.pdf", handout_views.today, name="today-sheets"),
    path("bodies/three.js", bodies.library, name="three"),
    path("bodies/<slug:body>.glb", bodies.mesh, name="body"),
    path("bodies/<slug:body>/<slug:exercise_id>.json", bodies.motion, name="body-motion"),
    path("camera/", camera_page.camera, name="camera"),
    path("coach/assets.json", coach.listed, name="coach-assets"),
    path("coach/assets/<slug:folder>/<str:name>", coach.asset, name="coach-asset"),
    path("coach/<slug:exercise_id>.json", coach.spec, name="coach-spec"),
    path("sw.js", offline.service_worker, name="service-worker"),
    path("offline/files.json", offline.files, name="offline-files"),
    path("offline/<slug:language>/", offline.page, name="offline"),
    path("api/", api.urls),
]
