package dev.crosswalk.examples.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;

/** Who is signed in. */
@Path("/me")
public class MeResource {

  /**
   * Says who asks.
   *
   * @param security what Quarkus knows of the user
   * @return the user's name
   */
  @GET
  public Map<String, String> me(@Context SecurityContext security) {
    return Map.of("name", security.getUserPrincipal().getName());
  }
}
