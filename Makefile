# A thin cover of ./run, for those who like make.
.PHONY: run reset test screenshots

run:
	@./run

reset:
	@./run --reset

test:
	@./run --test $(ARGS)

screenshots:
	@.venv/bin/python docs/screenshots.py
