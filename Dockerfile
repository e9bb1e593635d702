# The command line in a container: docker build --tag crosswalk . && docker run --rm crosswalk diagnose URL --origin ORIGIN
FROM eclipse-temurin:25-jdk AS build
WORKDIR /sources
COPY . .
RUN ./mvnw --batch-mode -q package -pl cors-cli -am -DskipTests -Dmaven.source.skip -Dmaven.javadoc.skip

FROM eclipse-temurin:25-jre
WORKDIR /crosswalk
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
COPY --from=build /sources/cors-cli/target/crosswalk.jar ./
# The classes of a start, ready to be mapped: it starts in 60 % of the time.
RUN echo "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource." \
      | java -XX:ArchiveClassesAtExit=crosswalk.jsa -XX:+UseSerialGC -jar crosswalk.jar explain
# Nobody in particular: it reads what is mounted, and writes to the console.
USER 65532:65532
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/crosswalk/crosswalk.jsa", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-jar", "/crosswalk/crosswalk.jar"]
CMD ["--help"]
