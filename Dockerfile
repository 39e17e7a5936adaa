# The chat page with everything that the Makefile installs; docker-compose.yml beside it runs the rest.
FROM python:3.12-slim

RUN apt-get update && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 moodreel \
    && mkdir /app /data && chown moodreel /app /data

COPY --chown=moodreel . /app
WORKDIR /app
USER moodreel
RUN make install EXTRAS=web,postgres

ENV MOODREEL_HOME=/data
VOLUME /data
EXPOSE 7860
CMD [".venv/bin/moodreel", "web", "--host", "0.0.0.0", "--port", "7860"]
