# A thin cover of ./run, for those who like make.
.PHONY: run reset test screenshots lock

run:
	@./run

reset:
	@./run --reset

test:
	@./run --test $(ARGS)

screenshots:
	@.venv/bin/python docs/screenshots.py

# Only for those who change a dependency: needs uv, keeps what is pinned already.
LOCK = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate
lock:
	$(LOCK) --extra postgres --extra redis --output-file requirements/run.txt
	$(LOCK) --extra postgres --extra redis --extra test --output-file requirements/test.txt
	$(LOCK) --constraint requirements/oldest.in --output-file requirements/oldest.txt
