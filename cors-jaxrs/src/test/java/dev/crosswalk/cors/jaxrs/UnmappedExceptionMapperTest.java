package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnmappedExceptionMapperTest {

  private final Logger logger = Logger.getLogger(UnmappedExceptionMapper.class.getName());
  private final List<LogRecord> log = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          log.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setLevel(null);
  }

  @Test
  void a_bug_is_logged_and_becomes_an_empty_500() {
    IllegalStateException bug = new IllegalStateException("a bug");
    Response response = new UnmappedExceptionMapper().toResponse(bug);
    assertEquals(500, response.getStatus());
    assertFalse(response.hasEntity());
    assertEquals(1, log.size());
    assertEquals(Level.SEVERE, log.get(0).getLevel());
    assertSame(bug, log.get(0).getThrown());
  }

  @Test
  void a_response_that_the_exception_carries_goes_out_as_it_is_and_is_not_logged() {
    Response own = Response.status(410).entity("gone").build();
    assertSame(own, new UnmappedExceptionMapper().toResponse(new WebApplicationException(own)));
    assertEquals(List.of(), log);
  }
}
