# syntax=docker/dockerfile:1
# One image for all jobs: `tinso serve` (the default), `tinso up`, `tinso crawl`.

FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv
ENV UV_CACHE_DIR=/cache/uv UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /src
RUN python -m venv /opt/tinso
# The lock before the source: a change of code does not install the libraries anew.
COPY requirements-run.lock ./
RUN --mount=type=cache,target=/cache/uv \
    uv pip sync --python /opt/tinso/bin/python --require-hashes requirements-run.lock
COPY pyproject.toml README.md LICENSE tinso.py ./
COPY commands ./commands
COPY store ./store
COPY crawler ./crawler
COPY feeds ./feeds
RUN --mount=type=cache,target=/cache/uv \
    uv pip install --python /opt/tinso/bin/python --no-deps .

FROM python:3.13-slim
COPY --from=build /opt/tinso /opt/tinso
RUN useradd --uid 10001 --create-home --home-dir /var/lib/tinso tinso
USER tinso
WORKDIR /var/lib/tinso
ENV PATH=/opt/tinso/bin:$PATH PYTHONUNBUFFERED=1 \
    TINSO_HOME=/var/lib/tinso TINSO_HOST=0.0.0.0 TINSO_PORT=8000
VOLUME /var/lib/tinso
EXPOSE 8000
# SIGTERM ends the server and a crawl in good order.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["tinso"]
CMD ["serve"]
