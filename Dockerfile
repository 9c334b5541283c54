# syntax=docker/dockerfile:1
# The image of worker and simulator: `docker build --tag ami-bakery .`; why so, in docs/adr/0019-compose-and-its-parts.md.

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
# Tests and formats are CI's; the functions' archive is not part of a worker.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q -pl worker -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true \
        -Dfunctions.jar.skip=true package org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom \
        -DoutputFormat=json -DincludeTestScope=false

FROM eclipse-temurin:17.0.16_8-jre-jammy
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="AMI Bakery" \
      org.opencontainers.image.description="Bakes Amazon Machine Images as durable Temporal workflows" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.amibakery.sbom="/opt/ami-bakery/sbom.cdx.json" \
      org.amibakery.sbom.format="CycloneDX JSON"
RUN groupadd --system --gid 10001 bakery \
    && useradd --system --uid 10001 --gid bakery --home-dir /nonexistent --shell /usr/sbin/nologin bakery
WORKDIR /opt/ami-bakery
COPY --from=build /build/worker/target/lib/ lib/
COPY --from=build /build/worker/target/bakery.jar ./
COPY --from=build /build/worker/target/bom.json sbom.cdx.json
COPY LICENSE ./
USER 10001:10001
EXPOSE 9464
# The JVM is process 1, and gets the signal to stop.
ENTRYPOINT ["java", "-jar", "/opt/ami-bakery/bakery.jar"]
CMD ["worker"]
