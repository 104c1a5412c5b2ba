# The image of web, worker, beat and migrate: one image, told apart by their command.

FROM node:24-bookworm-slim AS design-system
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts


FROM python:3.11-slim-bookworm AS packages
# Debian removes old versions from its mirrors, so that a pinned one would soon break the build.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY requirements/image.txt /tmp/image.txt
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/image.txt


FROM python:3.11-slim-bookworm AS base
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-noto-core fonts-noto-cjk libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 libpq5 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 vbc \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin vbc \
    && install -d -o vbc -g vbc /var/lib/vbc /var/lib/vbc/media
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VBC_PRODUCTION=1 \
    VBC_VAR=/tmp/vbc \
    VBC_MEDIA=/var/lib/vbc/media \
    WEB_CONCURRENCY=3
WORKDIR /app
COPY manage.py ./
COPY bin/_healthy.py bin/
COPY vbc vbc
COPY stakeholders stakeholders
COPY evidence evidence
COPY cycles cycles
COPY reports reports
COPY templates templates
COPY static static
RUN python -m compileall -q .


FROM base AS pages
COPY package.json package-lock.json ./
COPY --from=design-system /app/node_modules node_modules
# Settings insist on these; nothing here connects to anything, and none of it is kept.
RUN export VBC_SECRET_KEY=none VBC_SITE_ADDRESS=https://build.invalid \
        DATABASE_URL=postgres://build.invalid/none REDIS_URL=redis://build.invalid/0 \
        VBC_SMTP_URL=smtp://build.invalid \
    && python manage.py build_assets \
    && python manage.py collectstatic --no-input


FROM base
COPY --from=pages /app/build build
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 \
    CMD ["python", "bin/_healthy.py"]
CMD ["gunicorn", "vbc.wsgi", "--bind", "0.0.0.0:8000", "--threads", "4", "--timeout", "60", \
    "--graceful-timeout", "25", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
