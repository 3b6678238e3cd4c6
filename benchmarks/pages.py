"""What the main pages cost: python benchmarks/pages.py [10 100 1000]

For each size a program of that many staff is made in a folder of its own and the
production server is started on it. Every page is asked for in turn with a floor page
(signed in, same middleware and menu, a template that reads nothing): figures are the
server's own CPU milliseconds, wall milliseconds, queries, and the ratio to the floor.
The last row signs fifty lines of ten people at once, inside this process.
"""

import datetime
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 60
PORT = 8391
TICK = os.sysconf("SC_CLK_TCK")


def prepare(size: int) -> dict[str, tuple[str, str]]:
    """Make the program; returns page name to (session key, address)."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from competencies.actions import sync_plans
    from competencies.models import PlanItem
    from content.models import ModulePage
    from lms.models import Agency, Person, Role, RoleHeld, StaffMember, SupervisionTie
    from tests.factories import complete

    for command in (["migrate"], ["load_starter"], ["collectstatic", "--noinput"]):
        call_command(*command, verbosity=0, stdout=open(os.devnull, "w"))
    agency = Agency.objects.create(name="Benchmark")
    today = timezone.localdate()
    people = Person.objects.bulk_create(
        Person(full_name=f"Person {number:05d}") for number in range(size + 1)
    )
    staff = StaffMember.objects.bulk_create(
        StaffMember(
            person=person, agency=agency, hired_on=today - datetime.timedelta(days=100)
        )
        for person in people
    )
    frss = Role.objects.get(key="frss")
    RoleHeld.objects.bulk_create(
        RoleHeld(staff_member=each, role=frss) for each in staff
    )
    supervisor, new_hire = people[0], people[1]
    SupervisionTie.objects.bulk_create(
        SupervisionTie(staff_member=each, supervisor=supervisor, starts_on=today)
        for each in staff[1:51]
    )
    sync_plans(staff_members=staff, at=timezone.now())
    codes = list(
        PlanItem.objects.filter(person=new_hire).values_list("topic__code", flat=True)
    )
    complete(new_hire, *codes[:20], on=today)
    for person in people[2:12]:
        complete(person, *codes[:5], on=today)
    keys = {}
    for person, name in [(supervisor, "supervisor"), (new_hire, "newhire")]:
        users = get_user_model()._default_manager
        person.user = users.create_user(f"{name}@benchmark.example")
        person.save()
        client = Client()
        client.force_login(person.user)
        keys[name] = client.session.session_key
    return {
        "floor": (keys["newhire"], "/style-guide/"),
        "My plan": (keys["newhire"], "/plan/"),
        "My team": (keys["supervisor"], "/team/"),
        "Sign-off": (keys["supervisor"], "/team/sign-off/"),
        "A module": (
            keys["newhire"],
            f"/modules/{ModulePage.objects.live().first().pk}/2/",
        ),
    }


def sign_fifty(key: str) -> tuple[float, float]:
    """Processor and wall milliseconds of one POST that signs fifty lines."""
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = key
    shown = client.get("/team/sign-off/").content.decode()
    chosen = re.findall(r'name="sign" value="([0-9a-f:]+)"', shown)[-50:]
    wall, cpu = time.perf_counter(), time.process_time()
    answer = client.post("/team/sign-off/", {"sign": chosen})
    taken = time.process_time() - cpu, time.perf_counter() - wall
    if answer.status_code != 302:  # noqa: PLR2004
        raise SystemExit(f"Signing answered {answer.status_code}")
    return taken[0] * 1000, taken[1] * 1000


def queries(key: str, address: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = key
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    return len(found)


def cpu_of(pid: int) -> float:
    """Milliseconds of processor time the process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


def worker_of(master: int) -> int:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return int(children[0])


def ask(key: str, address: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    start = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": f"sessionid={key}"})
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    if answer.status != 200:  # noqa: PLR2004
        raise SystemExit(f"{address} answered {answer.status}")
    return taken


def measure(pages: dict[str, tuple[str, str]], size: int) -> None:
    command = [sys.executable, "-m", "gunicorn", "lms.project.wsgi", "--workers", "1"]
    command += ["--bind", f"127.0.0.1:{PORT}", "--log-level", "error"]
    server = subprocess.Popen([*command, "--no-control-socket"], cwd=ROOT)
    try:
        wait_for(server)
        worker = worker_of(server.pid)
        cpu: dict[str, float] = dict.fromkeys(pages, 0)
        wall: dict[str, list[float]] = {name: [] for name in pages}
        for name, (key, address) in pages.items():
            ask(key, address)
            before = cpu_of(worker)
            wall[name] = [ask(key, address) for _ in range(ROUNDS)]
            cpu[name] = (cpu_of(worker) - before) / ROUNDS
    finally:
        server.terminate()
        server.wait()
    for name, (key, address) in pages.items():
        ordered = sorted(wall[name])
        sys.stdout.write(
            f"{size:6} staff  {name:9} {queries(key, address):3} queries  "
            f"cpu {cpu[name]:6.1f} ms ({cpu[name] / cpu['floor']:4.1f}x floor)  "
            f"wall median {statistics.median(ordered):6.1f} ms  "
            f"95% {ordered[int(ROUNDS * 0.95)]:6.1f} ms\n"
        )
    taken, waited = sign_fifty(pages["Sign-off"][0])
    sys.stdout.write(
        f"{size:6} staff  sign 50 at once        cpu {taken:6.1f} ms"
        f"                wall        {waited:6.1f} ms\n"
    )


def wait_for(server: subprocess.Popen) -> None:
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT).request("GET", "/verify/")
            return
        except OSError:
            if server.poll() is not None:
                raise SystemExit("The server did not start.") from None
            time.sleep(0.1)


def main() -> None:
    if os.environ.get("BENCHMARK_SIZE"):
        import django

        django.setup()
        size = int(os.environ["BENCHMARK_SIZE"])
        measure(prepare(size), size)
        return
    for size in sys.argv[1:] or ["10", "100", "1000"]:
        with tempfile.TemporaryDirectory() as folder:
            environment = {
                **os.environ,
                "ALONGSIDE_VAR": folder,
                "BENCHMARK_SIZE": size,
                "DJANGO_SETTINGS_MODULE": "lms.project.settings.demo",
                "PYTHONPATH": str(ROOT),
            }
            subprocess.run([sys.executable, __file__], env=environment, check=True)


if __name__ == "__main__":
    main()
