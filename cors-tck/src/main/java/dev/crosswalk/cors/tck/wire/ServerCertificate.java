package dev.crosswalk.cors.tck.wire;

import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts what the JDK trusts, and says of a server's certificate what is wrong with it by name,
 * where the JDK speaks of a "certification path".
 */
final class ServerCertificate extends X509ExtendedTrustManager {

  /** A sentence names at most this many hosts of a certificate. */
  private static final int MAX_HOSTS = 5;

  /** Before what is wrong besides. */
  private static final String AND = ", and ";

  /** dNSName and iPAddress of RFC 5280, section 4.2.1.6. */
  private static final List<Integer> HOST_NAMES = List.of(2, 7);

  /** Says to the JDK that a certificate is not trusted, and why. */
  static final class Refused extends CertificateException {
    private static final long serialVersionUID = 1L;
    private final Failure failure;

    Refused(Failure failure, String sentence, @Nullable CertificateException cause) {
      super(sentence, cause);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  private final X509ExtendedTrustManager jdk;
  private final boolean trustsEverybody;

  private ServerCertificate(X509ExtendedTrustManager jdk, boolean trustsEverybody) {
    this.jdk = jdk;
    this.trustsEverybody = trustsEverybody;
  }

  private static final class Holder {
    private static final ServerCertificate OF_THE_JDK = new ServerCertificate(manager(null), false);
  }

  /** Trusts whom the JDK trusts. */
  static SSLContext context() {
    return context(Holder.OF_THE_JDK);
  }

  /** Trusts others beside them. */
  static SSLContext contextWith(Collection<X509Certificate> authorities) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      List<X509Certificate> all = new ArrayList<>(authorities);
      all.addAll(List.of(Holder.OF_THE_JDK.getAcceptedIssuers()));
      for (int i = 0; i < all.size(); i++) {
        trusted.setCertificateEntry("trusted-" + i, all.get(i));
      }
      return context(new ServerCertificate(manager(trusted), false));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("a certificate that cannot be used: " + e.getMessage(), e);
    }
  }

  /** Checks nothing, host names included: the JDK leaves those to an extended trust manager. */
  static SSLContext contextOfEverybody() {
    return context(new ServerCertificate(Holder.OF_THE_JDK, true));
  }

  private static SSLContext context(TrustManager manager) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore trusted) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager jdk) {
          return jdk;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has a trust manager", e);
    }
    throw new IllegalStateException("every JDK has a trust manager for TLS");
  }

  /** What was found wrong in a handshake; empty if it failed for another reason. */
  static Optional<Refused> refusal(Throwable failed) {
    for (Throwable e = failed; e != null; e = e.getCause()) {
      if (e instanceof Refused refused) {
        return Optional.of(refused);
      }
    }
    return Optional.empty();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, Optional.empty(), () -> jdk.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(
        chain,
        host(engine.getHandshakeSession()),
        () -> jdk.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    SSLSession session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
    check(chain, host(session), () -> jdk.checkServerTrusted(chain, authType, socket));
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  /** The host that is asked; empty if it is not known. */
  private static Optional<String> host(@Nullable SSLSession session) {
    return Optional.ofNullable(session).map(SSLSession::getPeerHost);
  }

  private void check(X509Certificate[] chain, Optional<String> host, Check byTheJdk)
      throws CertificateException {
    if (trustsEverybody) {
      return;
    }
    try {
      byTheJdk.run();
    } catch (CertificateException e) {
      throw refused(chain[0], host, e);
    }
    // The JDK asks a certificate that is trusted itself for no date, and browsers do.
    String date = date(chain[0]);
    if (!date.isEmpty()) {
      throw new Refused(Failure.CERTIFICATE_DATE, "the certificate " + date, null);
    }
  }

  /**
   * In the order of weight that browsers give them: who signed it, for whom, for how long. The JDK
   * complains of one, and whoever makes a new certificate has to know them all.
   */
  private static Refused refused(
      X509Certificate certificate, Optional<String> host, CertificateException e) {
    String complaint = String.valueOf(e.getMessage());
    String date = date(certificate);
    boolean another = host.filter(name -> !isFor(certificate, name)).isPresent();
    String forAnother = "is for another host: " + hosts(certificate);
    if (JdkComplaint.EXPIRED.isIn(complaint) && !date.isEmpty()) {
      String also = another ? AND + forAnother : "";
      return new Refused(Failure.CERTIFICATE_DATE, "the certificate " + date + also, e);
    }
    // It looks at the host when all else is well.
    if (JdkComplaint.OTHER_HOST.isIn(complaint)) {
      return new Refused(Failure.CERTIFICATE_HOST, "the certificate " + forAnother, e);
    }
    String also = (date.isEmpty() ? "" : AND + date) + (another ? AND + forAnother : "");
    if (isSelfSigned(certificate)) {
      String sentence = "the certificate is self-signed: nobody whom browsers trust vouches for it";
      return new Refused(Failure.CERTIFICATE_SELF_SIGNED, sentence + also, e);
    }
    String sentence =
        "the certificate is not trusted: nobody whom the JDK trusts has signed it; it is issued by "
            + name(certificate.getIssuerX500Principal().getName());
    return new Refused(Failure.CERTIFICATE_UNTRUSTED, sentence + also, e);
  }

  /** Whether it names a host; an address is a name of its own (RFC 9110, section 4.3.4). */
  private static boolean isFor(X509Certificate certificate, String host) {
    String asked = host.replaceAll("[\\[\\]]", "");
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        String value = String.valueOf(name.get(1));
        boolean below =
            value.startsWith("*.")
                && asked.contains(".")
                && asked.substring(asked.indexOf('.')).equalsIgnoreCase(value.substring(1));
        // The JDK writes addresses of IPv6 in full, so they are not compared.
        if (HOST_NAMES.contains(name.get(0))
            && (below || value.equalsIgnoreCase(asked) || asked.contains(":"))) {
          return true;
        }
      }
      return false;
    } catch (CertificateException e) {
      return true;
    }
  }

  private static String date(X509Certificate certificate) {
    long now = System.currentTimeMillis();
    if (certificate.getNotAfter().getTime() < now) {
      return "expired on " + certificate.getNotAfter().toInstant();
    }
    return certificate.getNotBefore().getTime() > now
        ? "is not valid before " + certificate.getNotBefore().toInstant()
        : "";
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String hosts(X509Certificate certificate) {
    TreeSet<String> hosts = new TreeSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (HOST_NAMES.contains(name.get(0))) {
          hosts.add(name(String.valueOf(name.get(1))));
        }
      }
    } catch (CertificateException e) {
      return "its names cannot be read";
    }
    return hosts.isEmpty()
        ? "it names none"
        : String.join(", ", hosts.stream().limit(MAX_HOSTS).toList())
            + (hosts.size() > MAX_HOSTS ? " and others" : "");
  }

  /** A stranger's words: short, and in ASCII that can be printed. */
  private static String name(String text) {
    String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
    return safe.length() > 100 ? safe.substring(0, 100) + "..." : safe;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
