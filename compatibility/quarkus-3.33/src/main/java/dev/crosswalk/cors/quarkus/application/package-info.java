/** An application of Quarkus, for tests. */
package dev.crosswalk.cors.quarkus.application;
