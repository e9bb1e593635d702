import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

@Path("/items")
public class Items {
  @GET
  @Produces("application/json")
  public String items() {
    return "{\"items\":[]}";
  }
}
