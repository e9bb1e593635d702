package dev.crosswalk.cors.tck.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate of a server that signs itself, and its key. They are made here, and known to nobody
 * else. The JDK's keytool makes the same, and takes a JVM of its own for each.
 */
public final class SelfSigned {

  /** Of {@link #pkcs12()}. */
  public static final String PASSWORD = "throw-away";

  private static final String ALIAS = "server";

  private final Certificate certificate;
  private final byte[] pkcs12;
  private final SSLContext context;

  private SelfSigned(Instant from, Instant until, String... names)
      throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    byte[] unsigned = unsigned(pair.getPublic().getEncoded(), from, until, names);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(unsigned);
    byte[] signed =
        der(SEQUENCE, unsigned, ECDSA_WITH_SHA256, der(BIT_STRING, ZERO, signature.sign()));
    certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        ALIAS, pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    keys.store(stored, PASSWORD.toCharArray());
    pkcs12 = stored.toByteArray();
    context = context(keys, certificate);
  }

  private static SSLContext context(KeyStore keys, Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /**
   * One that is valid today.
   *
   * @param names of hosts, and IPv4 addresses
   */
  public static SelfSigned of(String... names) {
    return since(1, names);
  }

  /**
   * One that is valid for 30 days.
   *
   * @param days ago, when that began
   */
  public static SelfSigned since(int days, String... names) {
    Instant from = Instant.now().minus(days, ChronoUnit.DAYS);
    try {
      return new SelfSigned(from, from.plus(30, ChronoUnit.DAYS), names);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Certificate certificate() {
    return certificate;
  }

  /** The key and the certificate as a file has them, with the {@link #PASSWORD}. */
  public byte[] pkcs12() {
    return pkcs12.clone();
  }

  /** Of a server that shows the certificate, and of a client that trusts it and nothing else. */
  public SSLContext context() {
    return context;
  }

  // The structure of a certificate is in RFC 5280, section 4.1; how it is encoded, in X.690.

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xA0;
  private static final int EXTENSIONS = 0xA3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final byte[] ZERO = {0};
  private static final byte[] VERSION_3 = {2};
  private static final byte[] ECDSA_WITH_SHA256 =
      der(SEQUENCE, new byte[] {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2});
  private static final byte[] SUBJECT_ALT_NAME = {6, 3, 0x55, 0x1D, 0x11};

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static byte[] unsigned(byte[] key, Instant from, Instant until, String... names)
      throws IOException {
    byte[] subject = new X500Principal("CN=" + names[0]).getEncoded();
    byte[][] hosts = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      boolean address = names[i].matches("[0-9.]+");
      hosts[i] =
          address
              ? der(IP_ADDRESS, InetAddress.getByName(names[i]).getAddress())
              : der(DNS_NAME, names[i].getBytes(US_ASCII));
    }
    byte[] namesOfHosts = der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, der(SEQUENCE, hosts)));
    return der(
        SEQUENCE,
        der(VERSION, der(INTEGER, VERSION_3)),
        der(INTEGER, BigInteger.valueOf(System.nanoTime()).abs().toByteArray()),
        ECDSA_WITH_SHA256,
        subject,
        der(SEQUENCE, time(from), time(until)),
        subject,
        key,
        der(EXTENSIONS, der(SEQUENCE, namesOfHosts)));
  }

  private static byte[] time(Instant time) {
    return der(UTC_TIME, TIME.format(time).getBytes(US_ASCII));
  }

  /** A tag, the length of what follows, and that. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    int length = content.size();
    if (length >= 256) {
      all.write(0x82); // Two bytes of length follow.
      all.write(length >> 8);
    } else if (length >= 128) {
      all.write(0x81);
    }
    all.write(length);
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }
}
