from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tests.host_project.people"
    label = "people"
