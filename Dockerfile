# syntax=docker/dockerfile:1
#
#   docker build -t alertbot .
#   docker build -t alertbot --build-arg WITH_POSTGRES=no .       smaller: for a database server of your own
#
# Microsoft publishes .NET 10 images on Ubuntu 24.04 (and no longer on Debian); its PostgreSQL is version 16.
ARG DOTNET_IMAGES=mcr.microsoft.com/dotnet
ARG DOTNET_VERSION=10.0

# The project files and the locked packages alone, so that packages are restored again only when one of these changes.
FROM ${DOTNET_IMAGES}/sdk:${DOTNET_VERSION} AS projects
WORKDIR /source
COPY . .
RUN rm -r config && find src -type f ! -name '*.csproj' ! -name packages.lock.json -delete

FROM ${DOTNET_IMAGES}/sdk:${DOTNET_VERSION} AS build
# No process of the build outlives its step.
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
WORKDIR /source
COPY --from=projects /source .
RUN dotnet restore src/AlertBot --use-current-runtime -p:PublishReadyToRun=true --locked-mode
COPY . .
# Compiled ahead of time: the first alert after a start does not wait for the compiler.
RUN dotnet publish src/AlertBot -c Release --no-restore --use-current-runtime --self-contained false \
      -p:PublishReadyToRun=true -o /app \
 && cp -r config /app/config

FROM ${DOTNET_IMAGES}/aspnet:${DOTNET_VERSION} AS runtime
# The programs of PostgreSQL: for a private database, and for `alertbot backup`. Without the package's standard cluster.
ARG WITH_POSTGRES=yes
RUN if [ "$WITH_POSTGRES" = yes ]; then \
      mkdir -p /etc/postgresql-common/createcluster.d \
      && echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/alertbot.conf \
      && apt-get update \
      && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql \
      && rm -rf /var/lib/apt/lists/*; \
    fi
# A number, because some platforms check that a user is not root without looking into the image.
RUN groupadd --gid 10001 alertbot \
 && useradd --uid 10001 --gid alertbot --no-create-home --home-dir /var/lib/alertbot --shell /usr/sbin/nologin alertbot \
 && install -d -o alertbot -g alertbot -m 0700 /var/lib/alertbot
COPY --from=build /app /app
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_EnableDiagnostics=0 DOTNET_GCgen0size=0x200000 \
    Data__Directory=/var/lib/alertbot Web__Url=http://*:8080
WORKDIR /var/lib/alertbot
VOLUME /var/lib/alertbot
EXPOSE 8080
USER 10001:10001
# With what the image has: bash speaks HTTP well enough to ask one question.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# The private database is stopped with the program, which takes up to a few seconds.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/alertbot.dll"]
CMD ["serve"]
