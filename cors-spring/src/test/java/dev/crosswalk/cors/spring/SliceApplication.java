package dev.crosswalk.cors.spring;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** What Spring Boot looks for in a test of a slice. */
@SpringBootConfiguration
@EnableAutoConfiguration
class SliceApplication {}
