package dev.crosswalk.examples.proxy;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the addresses of upstreams. A name that leads into the proxy's own network is refused.
 * Otherwise, whoever controls the name's DNS zone reaches what only the proxy can reach.
 *
 * @param lookup asks for the addresses of a name
 * @param isAllowed whether a name may lead to an address
 */
record Resolver(Lookup lookup, Predicate<InetAddress> isAllowed) {

  /** As {@link InetAddress#getAllByName}. */
  interface Lookup {
    InetAddress[] addresses(String name) throws UnknownHostException;
  }

  /** A name leads to an address that it may not lead to. */
  static final class PrivateAddressException extends Exception {

    private static final long serialVersionUID = 1L;

    private PrivateAddressException(InetAddress address) {
      super("The name leads to " + address + ", which is not public.");
    }
  }

  /** Asks the system, and allows what is public. */
  static Resolver system() {
    return new Resolver(InetAddress::getAllByName, Resolver::isPublic);
  }

  /**
   * Returns the address to connect to, in digits. It is not looked up again, so the address that
   * was checked is the one that is used, even if DNS changes a moment later (DNS rebinding).
   */
  Future<String> address(Vertx vertx, Upstream upstream) {
    if (upstream.namesAddress()) {
      return Future.succeededFuture(upstream.host());
    }
    return vertx
        .executeBlocking(() -> checked(upstream.host()), false)
        .map(address -> Objects.requireNonNull(address)); // For Vert.x it might be null.
  }

  private String checked(String name) throws UnknownHostException, PrivateAddressException {
    InetAddress[] addresses = lookup.addresses(name);
    // This name never leaves the machine (RFC 6761 §6.3): it is as good as the address.
    boolean isLocalhost = name.equals("localhost");
    for (InetAddress address : addresses) {
      if (!isAllowed.test(address) && !(isLocalhost && address.isLoopbackAddress())) {
        throw new PrivateAddressException(address);
      }
    }
    return addresses[0].getHostAddress();
  }

  /** What IANA's registries of special-purpose addresses (RFC 6890) do not call global. */
  private static final List<IpSubnetFilterRule> SPECIAL =
      blocks(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12"
              + " 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15"
              + " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
              // The last two lead to addresses of version 4: Teredo's, and 6to4's.
              + " 2001:db8::/32 3fff::/20 2001::/23 2002::/16");

  /** All that has been assigned of version 6: https://www.iana.org/assignments/ipv6-unicast. */
  private static final IpSubnetFilterRule GLOBAL_UNICAST = blocks("2000::/3").get(0);

  private static List<IpSubnetFilterRule> blocks(String list) {
    return Stream.of(list.split(" "))
        .map(block -> block.split("/"))
        .map(
            block ->
                new IpSubnetFilterRule(
                    block[0], Integer.parseInt(block[1]), IpFilterRuleType.REJECT))
        .toList();
  }

  /** Whether the address is one of the Internet's. */
  static boolean isPublic(InetAddress address) {
    InetSocketAddress any = new InetSocketAddress(address, 0);
    return (address instanceof Inet4Address || GLOBAL_UNICAST.matches(any))
        && SPECIAL.stream().noneMatch(block -> block.matches(any));
  }
}
