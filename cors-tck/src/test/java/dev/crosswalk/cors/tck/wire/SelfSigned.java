package dev.crosswalk.cors.tck.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

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
      throws GeneralSecurityException, IOException, OperatorCreationException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    certificate = signed(pair, from, until, names);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        ALIAS, pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    keys.store(stored, PASSWORD.toCharArray());
    pkcs12 = stored.toByteArray();
    context = context(keys, certificate);
  }

  private static Certificate signed(KeyPair pair, Instant from, Instant until, String... names)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    X500Name subject = new X500Name("CN=" + names[0]);
    GeneralName[] hosts =
        Stream.of(names)
            .map(
                name ->
                    new GeneralName(
                        name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName,
                        name))
            .toArray(GeneralName[]::new);
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    subject,
                    BigInteger.valueOf(from.toEpochMilli()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
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
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
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
}
